using MongoDB.Bson;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Policies;

internal sealed class PolicyStore(StoreTables tables) : IPolicyStore
{
    private static readonly BsonDocument ById = new("_id", 1);

    public Task AddAsync(PolicyVersion version, CancellationToken cancellation)
    {
        PolicyVersion.CheckName(version.Sha256);
        var id = DocumentId.OfPolicy(version.Tenant, version.Sha256);
        return tables.Engine.WriteAsync(
            async (session, token) =>
            {
                var stored = await tables.Policies.FindLiveAsync(session, id, token);
                tables.Policies.Put(session, id, stored?.Merge(version) ?? version);
                return true;
            },
            cancellation);
    }

    public Task<IReadOnlyList<PolicyVersion>> ListAsync(TenantId tenant, CancellationToken cancellation) =>
        tables.Engine.ReadAsync<IReadOnlyList<PolicyVersion>>(async token =>
        {
            var filter = DocumentId.Within(tenant);
            filter.AddRange(StoredEnd.Living(tables.Engine.Now));
            return await tables.Policies.ListAsync(session: null, filter, ById, limit: null, token);
        }, cancellation);

    public Task<PolicyVersion?> FindAsync(TenantId tenant, ReadOnlyMemory<byte> sha256, CancellationToken cancellation)
    {
        PolicyVersion.CheckName(sha256);
        return tables.Engine.ReadAsync(token => tables.Policies.FindLiveAsync(session: null, DocumentId.OfPolicy(tenant, sha256), token), cancellation);
    }
}
