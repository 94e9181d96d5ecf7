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
            (session, token) =>
            {
                tables.LegalHolds.Put(session, DocumentId.OfNamed(hold.Tenant, hold.Id), hold);
                return Task.FromResult(true);
            },
            cancellation);
    }

    public Task<LegalHold?> FindAsync(TenantId tenant, string id, CancellationToken cancellation) =>
        tables.Engine.ReadAsync(token => tables.LegalHolds.FindLiveAsync(session: null, DocumentId.OfNamed(tenant, id), token), cancellation);

    public Task<IReadOnlyList<LegalHold>> ListAsync(TenantId tenant, string? after, int limit, CancellationToken cancellation) =>
        tables.Engine.ReadAsync<IReadOnlyList<LegalHold>>(async token =>
        {
            var filter = DocumentId.Within(tenant, after is null ? null : DocumentId.OfNamed(tenant, after));
            filter.AddRange(StoredEnd.Living(tables.Engine.Now));
            return await tables.LegalHolds.ListAsync(session: null, filter, ById, limit, token);
        }, cancellation);
}
