namespace Tracker.Storage.RocksDb.Records;

internal enum InteractionStanding
{
    /// <summary>Nothing of it is stored that has not expired.</summary>
    Fresh,

    /// <summary>Stored by this micro-batch, in an attempt whose answer was lost.</summary>
    Own,

    Duplicate,
}
