using Tracker.Core.Consents;
using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>Where the store itself is as near as a cache would be.</summary>
public sealed class NoProfileCache : IProfileCache
{
    public Task<IReadOnlyList<ProfileId?>> FindAsync(TenantId tenant, IReadOnlyList<IdentifierHash> identifiers, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<ProfileId?>>(new ProfileId?[identifiers.Count]);

    public Task<IReadOnlyList<IReadOnlyList<ConsentEntry>?>> ReadLedgersAsync(TenantId tenant, IReadOnlyList<LedgerVersion> versions, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<IReadOnlyList<ConsentEntry>?>>(new IReadOnlyList<ConsentEntry>?[versions.Count]);

    public void Remember(TenantId tenant, IReadOnlyList<RememberedLink> links, IReadOnlyList<RememberedLedger> ledgers)
    {
    }
}
