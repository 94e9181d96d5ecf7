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
    private readonly Dictionary<(string Id, string Version), (long Endless, DateTimeOffset Until)> _changes = [];

    /// <param name="replaced">The entry as it is stored; null: it is new.</param>
    public void Note(ConsentEntry entry, ConsentEntry? replaced)
    {
        if (entry is not { NoticeId: { } id, NoticeVersion: { } version })
        {
            return;
        }

        var (endless, until) = _changes.GetValueOrDefault((id, version), (0, DateTimeOffset.MinValue));
        endless += (entry.ExpireAt is null ? 1 : 0) - (replaced is { ExpireAt: null } ? 1 : 0);
        _changes[(id, version)] = (endless, entry.ExpireAt > until ? entry.ExpireAt.Value : until);
    }

    public void Write(WriteSession session, DateTimeOffset now)
    {
        foreach (var ((id, version), change) in _changes)
        {
            var key = NoticeKey.Of(tenant, id, version);
            if (tables.Notices.FindLive(key, now) is not { } notice)
            {
                continue;
            }

            var stored = tables.NoticeUses.Find(key);
            var before = stored ?? new NoticeUse(0, notice.ExpireAt);
            var use = new NoticeUse(before.Endless + change.Endless, before.Until > change.Until ? before.Until : change.Until);
            if (use != stored)
            {
                tables.NoticeUses.Put(session, key, use, stored);
            }

            var end = use.Endless > 0 ? StoredTime.NoEnd : use.Until;
            if (end != notice.ExpireAt)
            {
                tables.Notices.Put(session, key, notice with { ExpireAt = end }, notice);
            }
        }
    }
}
