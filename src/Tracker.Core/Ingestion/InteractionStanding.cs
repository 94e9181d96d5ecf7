namespace Tracker.Core.Ingestion;

/// <summary>What a store knows of an interaction before it writes it.</summary>
public enum InteractionStanding
{
    /// <summary>Nothing of it is stored that has not expired.</summary>
    Fresh,

    /// <summary>Stored by this micro-batch, in an attempt whose answer was lost.</summary>
    Own,

    Duplicate,
}
