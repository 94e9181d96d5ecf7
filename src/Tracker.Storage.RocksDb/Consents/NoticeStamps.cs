using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Consents;

/// <summary>Keeps a notice for as long as the last consent that refers to it.</summary>
internal sealed class NoticeStamps(StoreTables tables, TenantId tenant)
{
    private readonly Dictionary<(string Id, string Version), DateTimeOffset> _ends = [];

    public void Extend(ConsentEntry entry, DateTimeOffset until)
    {
        if (entry is not { NoticeId: { } id, NoticeVersion: { } version })
        {
            return;
        }

        if (!_ends.TryGetValue((id, version), out var end) || end < until)
        {
            _ends[(id, version)] = until;
        }
    }

    public void Write(WriteSession session, DateTimeOffset now)
    {
        foreach (var ((id, version), until) in _ends)
        {
            var key = NoticeKey.Of(tenant, id, version);
            if (tables.Notices.FindLive(key, now) is { } notice && notice.ExpireAt < until)
            {
                tables.Notices.Put(session, key, notice with { ExpireAt = until }, notice);
            }
        }
    }
}
