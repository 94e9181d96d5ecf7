using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.RocksDb.Consents;
using Tracker.Storage.RocksDb.Engine;
using Tracker.Storage.RocksDb.Identities;

namespace Tracker.Storage.RocksDb.Retention;

/// <summary>The part of a revision that is about the ledger: only the day an entry is deleted ever changes.</summary>
internal sealed class LedgerRevision(StoreTables tables, WriteSession session, ProfileRevision revision, GatheredEnds ends)
{
    private readonly NoticeStamps _notices = new(tables, revision.Tenant);

    public void Gather(Control control, DateTimeOffset now)
    {
        if (revision.RestampedEntries.Count == 0)
        {
            return;
        }

        var isHeld = Holding.ClassesOf(control).Contains(RetentionClass.Evidence);
        using var range = tables.Consents.Range(ProfileKey.Write(stackalloc byte[KeyBuilder.MaxSize], revision.Tenant, revision.Profile));
        for (; range.IsAtKey; range.Next())
        {
            var entry = tables.Consents.Codec.Deserialize(range.Value);
            if ((isHeld || tables.Consents.IsLive(entry, now)) && revision.RestampedEntries.TryGetValue(entry.Id, out var expireAt))
            {
                Put(range.Key, entry.Reviewed(expireAt, control), entry);
            }
        }

        _notices.Write(session, now);
    }

    private void Put(ReadOnlySpan<byte> key, ConsentEntry entry, ConsentEntry replaced)
    {
        tables.Consents.Put(session, key, entry, replaced);
        ends.Set(key, entry.ExpireAt);

        var end = Holding.Later(DateTimeOffset.MinValue, entry.ExpireAt);
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var requestKey = ConsentRequestKey.Write(buffer, revision.Tenant, entry.RequestHash);
        if (tables.ConsentRequests.Find(requestKey) is { } request && request.Profile == entry.Profile && request.Sequence == entry.Sequence)
        {
            tables.ConsentRequests.Put(session, requestKey, request with { ExpireAt = end }, request);
        }

        _notices.Note(entry, replaced);
    }
}
