using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Identities;

internal sealed class ContractStore(StoreTables tables) : IContractStore
{
    public Task<IReadOnlyList<ProfileId?>> FindAsync(TenantId tenant, IReadOnlyList<UInt128> references, CancellationToken cancellation) =>
        StoreEngine.ReadAsync<IReadOnlyList<ProfileId?>>(async () =>
        {
            var links = await ContractLinks.FindAsync(tables, session: null, tenant, references, cancellation);
            var profiles = links.ToDictionary(link => link.Reference, link => link.Profile);
            return [.. references.Select(reference => profiles.TryGetValue(reference, out var profile) ? profile : (ProfileId?)null)];
        });
}
