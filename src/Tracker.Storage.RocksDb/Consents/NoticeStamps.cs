using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Consents;

/// <summary>
/// Keeps a notice for as long as anything in a ledger refers to it, and no longer: without an end while one entry has none,
/// then until the last of them ends.
/// </summary>
internal sealed class NoticeStamps(StoreTables tables, TenantId tenant)
{
    private readonly NoticeUses _uses = new();

    public void Note(ConsentEntry entry, ConsentEntry? replaced) => _uses.Note(entry, replaced);

    public void Write(WriteSession session, DateTimeOffset now)
    {
        foreach (var ((id, version), change) in _uses.Changes)
        {
            var key = NoticeKey.Of(tenant, id, version);
            if (tables.Notices.FindLive(key, now) is not { } notice)
            {
                continue;
            }

            var stored = tables.NoticeUses.Find(key);
            var use = (stored ?? new NoticeUse(0, notice.ExpireAt)).With(change);
            if (use != stored)
            {
                tables.NoticeUses.Put(session, key, use, stored);
            }

            if (use.End != notice.ExpireAt)
            {
                tables.Notices.Put(session, key, notice with { ExpireAt = use.End }, notice);
            }
        }
    }
}
