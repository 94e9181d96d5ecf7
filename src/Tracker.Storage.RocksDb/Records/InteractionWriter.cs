using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Records;

/// <summary>Writes the records of one interaction and its entry.</summary>
internal sealed class InteractionWriter(StoreTables tables, WriteSession session, BatchId batch)
{
    /// <param name="expired">What is left of an interaction of that key whose time has passed.</param>
    public void Store(InteractionWrite write, InteractionEntry? expired)
    {
        if (expired is not null)
        {
            Remove(expired);
        }

        var first = write.Records[0];
        var entry = new InteractionEntry
        {
            Key = write.Key,
            Tenant = first.Tenant,
            Profile = write.Profile,
            OccurredAt = first.OccurredAt,
            Present = default,
            Expected = first.Classes,
            Batch = batch,
            ExpireAt = DateTimeOffset.MinValue,
        };
        for (var i = 0; i < write.Records.Count; i++)
        {
            PutRecord(write.Records[i]);
            entry = entry.With(write.Records[i]);
        }

        PutEntry(entry, expired);
    }

    private void PutRecord(InteractionRecord record)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        tables.Records.Put(session, RecordKey.Write(buffer, record), record, replaced: null);
    }

    private void PutEntry(InteractionEntry entry, InteractionEntry? replaced)
    {
        Span<byte> buffer = stackalloc byte[InteractionKey.Size];
        tables.Interactions.Put(session, InteractionEntryKey.Write(buffer, entry.Key), entry, replaced);
    }

    private void Remove(InteractionEntry entry)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        foreach (var member in entry.Present.Members())
        {
            tables.Records.Delete(session, RecordKey.Write(buffer, entry.Tenant, entry.Profile, entry.OccurredAt, entry.Key, member));
        }
    }
}
