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
        session.Commit();
        return notice;
    }

    public Task<Notice?> FindAsync(TenantId tenant, string id, string version, CancellationToken cancellation) =>
        Task.FromResult(tables.Notices.FindLive(NoticeKey.Of(tenant, id, version), tables.Engine.Now));
}
