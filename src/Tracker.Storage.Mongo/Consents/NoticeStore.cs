using MongoDB.Bson;
using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Consents;

internal sealed class NoticeStore(StoreTables tables) : INoticeStore
{
    private static readonly BsonDocument ById = new("_id", 1);

    public Task<Notice> AddAsync(Notice notice, CancellationToken cancellation) => tables.Engine.WriteAsync(
        async (session, token) =>
        {
            var id = DocumentId.OfNotice(notice.Tenant, notice.Id, notice.Version);
            if (await tables.Notices.FindLiveAsync(session, id, token) is { } stored)
            {
                return stored;
            }

            tables.Notices.Put(session, id, notice);
            return notice;
        },
        cancellation);

    public Task<Notice?> FindAsync(TenantId tenant, string id, string version, CancellationToken cancellation) =>
        tables.Engine.ReadAsync(token => tables.Notices.FindLiveAsync(session: null, DocumentId.OfNotice(tenant, id, version), token), cancellation);

    public Task<IReadOnlyList<Notice>> ListAsync(TenantId tenant, string id, CancellationToken cancellation) =>
        ListAsync(DocumentId.Within(DocumentId.OfNotices(tenant, id)), cancellation);

    public Task<IReadOnlyList<Notice>> ListAsync(TenantId tenant, CancellationToken cancellation) => ListAsync(DocumentId.Within(tenant), cancellation);

    private Task<IReadOnlyList<Notice>> ListAsync(BsonDocument filter, CancellationToken cancellation) =>
        tables.Engine.ReadAsync<IReadOnlyList<Notice>>(async token =>
        {
            filter.AddRange(StoredEnd.Living(tables.Engine.Now));
            return await tables.Notices.ListAsync(session: null, filter, ById, limit: null, token);
        }, cancellation);
}
