using Tracker.Core.Consents;
using Tracker.Core.Model;

namespace Tracker.Storage.RocksDb.Consents;

internal sealed class NoticeStore(StoreTables tables) : INoticeStore
{
    public async Task<Notice> AddAsync(Notice notice, CancellationToken cancellation)
    {
        using var session = await tables.Engine.BeginWriteAsync(cancellation);
        var key = NoticeKey.Of(notice.Tenant, notice.Id, notice.Version);
        var stored = tables.Notices.Find(key);
        if (stored is not null && tables.Notices.IsLive(stored, tables.Engine.Now))
        {
            return stored;
        }

        tables.Notices.Put(session, key, notice, stored);
        tables.NoticeUses.Delete(session, key);
        session.Commit();
        return notice;
    }

    public Task<Notice?> FindAsync(TenantId tenant, string id, string version, CancellationToken cancellation) =>
        Task.FromResult(tables.Notices.FindLive(NoticeKey.Of(tenant, id, version), tables.Engine.Now));

    public Task<IReadOnlyList<Notice>> ListAsync(TenantId tenant, string id, CancellationToken cancellation) => ListAsync(NoticeKey.OfAll(tenant, id));

    public Task<IReadOnlyList<Notice>> ListAsync(TenantId tenant, CancellationToken cancellation) => ListAsync(NoticeKey.OfAll(tenant));

    private Task<IReadOnlyList<Notice>> ListAsync(byte[] prefix)
    {
        var now = tables.Engine.Now;
        List<Notice> versions = [];
        using var range = tables.Notices.Range(prefix);
        for (; range.IsAtKey; range.Next())
        {
            var notice = tables.Notices.Codec.Deserialize(range.Value);
            if (tables.Notices.IsLive(notice, now))
            {
                versions.Add(notice);
            }
        }

        return Task.FromResult<IReadOnlyList<Notice>>(versions);
    }
}
