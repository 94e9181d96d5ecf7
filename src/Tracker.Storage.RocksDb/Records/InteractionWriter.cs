using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Records;

/// <summary>Writes the records of one interaction, its entry, and of nobody its links and errands.</summary>
internal sealed class InteractionWriter(StoreTables tables, WriteSession session, BatchId batch)
{
    /// <param name="replaced">What is left of an interaction of that key whose time has passed, or the sale of nobody that it is.</param>
    public void Store(InteractionWrite write, InteractionEntry? replaced)
    {
        if (replaced is not null)
        {
            Remove(replaced);
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

        PutEntry(entry, replaced);
        PutLinks(write);
        foreach (var errand in write.Errands())
        {
            tables.Errands.Add(session, errand);
        }
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

    private void PutLinks(InteractionWrite write)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        foreach (var link in write.Links())
        {
            var key = ReceiptKey.Write(buffer, link.Tenant, link.Receipt, link.Interaction);
            tables.Receipts.Put(session, key, link, tables.Receipts.Find(key));
        }

        foreach (var receipt in write.Replaces?.Receipts ?? [])
        {
            var key = ReceiptKey.Write(buffer, write.Records[0].Tenant, receipt, write.Key);
            tables.Receipts.Delete(session, key, tables.Receipts.Find(key));
        }
    }

    private void Remove(InteractionEntry entry)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        foreach (var member in entry.Present.Members())
        {
            // Its alarm goes with it: the record of a sale that is claimed would have had years to go.
            var key = RecordKey.Write(buffer, entry.Tenant, entry.Profile, entry.OccurredAt, entry.Key, member);
            tables.Records.Delete(session, key, tables.Records.Find(key));
        }
    }
}
