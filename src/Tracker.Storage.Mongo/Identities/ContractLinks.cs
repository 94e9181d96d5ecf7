using MongoDB.Bson;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Identities;

/// <summary>Whose contracts are: one of a profile that is gone is anybody's again.</summary>
internal static class ContractLinks
{
    public static async Task<List<ContractLink>> FindAsync(StoreTables tables, WriteSession? session, TenantId tenant, IEnumerable<UInt128> references, CancellationToken cancellation)
    {
        BsonValue[] ids = [.. references.Distinct().Select(reference => DocumentId.Of(tenant, reference))];
        var links = await tables.Contracts.FindLiveAsync(session, ids, cancellation);
        BsonValue[] owners = [.. links.Values.Select(link => DocumentId.Of(tenant, link.Profile)).Distinct()];
        var controls = await tables.Controls.FindLiveAsync(session, owners, cancellation);
        return [.. links.Values.Where(link => controls.ContainsKey(DocumentId.Of(tenant, link.Profile)))];
    }
}
