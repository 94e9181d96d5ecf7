using Tracker.Core.Identities;
using Tracker.Core.Model;

namespace Tracker.Storage.Mongo.Identities;

internal sealed class ContractStore(StoreTables tables) : IContractStore
{
    public Task<IReadOnlyList<ContractLink?>> FindAsync(TenantId tenant, IReadOnlyList<UInt128> references, CancellationToken cancellation) =>
        tables.Engine.ReadAsync<IReadOnlyList<ContractLink?>>(async token =>
        {
            var links = await ContractLinks.FindAsync(tables, session: null, tenant, references, token);
            var known = links.ToDictionary(link => link.Reference);
            return [.. references.Select(reference => known.GetValueOrDefault(reference))];
        }, cancellation);
}
