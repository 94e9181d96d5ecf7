using MongoDB.Bson;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Retention;

internal sealed class LegalHoldStore(StoreTables tables) : ILegalHoldStore
{
    private static readonly BsonDocument ById = new("_id", 1);

    public Task SaveAsync(LegalHold hold, CancellationToken cancellation)
    {
        hold.Check();
        return tables.Engine.WriteAsync(
            session =>
            {
                tables.LegalHolds.Put(session, DocumentId.OfNamed(hold.Tenant, hold.Id), hold);
                return Task.FromResult(true);
            },
            cancellation);
    }

    public Task<LegalHold?> FindAsync(TenantId tenant, string id, CancellationToken cancellation) =>
        StoreEngine.ReadAsync(() => tables.LegalHolds.FindLiveAsync(session: null, DocumentId.OfNamed(tenant, id), cancellation));

    public Task<IReadOnlyList<LegalHold>> ListAsync(TenantId tenant, string? after, int limit, CancellationToken cancellation) =>
        StoreEngine.ReadAsync<IReadOnlyList<LegalHold>>(async () =>
        {
            var filter = DocumentId.Within(tenant, after is null ? null : DocumentId.OfNamed(tenant, after));
            filter.AddRange(StoredEnd.Living(tables.Engine.Now));
            return await tables.LegalHolds.ListAsync(session: null, filter, ById, limit, cancellation);
        });
}
