using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Identities;

internal sealed class ContractStore(StoreTables tables) : IContractStore
{
    public Task<IReadOnlyList<ContractLink?>> FindAsync(TenantId tenant, IReadOnlyList<UInt128> references, CancellationToken cancellation) =>
        StoreEngine.ReadAsync<IReadOnlyList<ContractLink?>>(async () =>
        {
            var links = await ContractLinks.FindAsync(tables, session: null, tenant, references, cancellation);
            var known = links.ToDictionary(link => link.Reference);
            return [.. references.Select(reference => known.GetValueOrDefault(reference))];
        });
}
