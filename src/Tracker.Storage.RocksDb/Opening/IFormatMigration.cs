using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Opening;

/// <summary>Brings a folder from one format to the next; the list of them is in the order of the formats, without gaps.</summary>
internal interface IFormatMigration
{
    /// <summary>Gathers all changes in the session; they become durable together with the new format, or not at all.</summary>
    void Apply(StoreEngine engine, WriteSession session);
}
