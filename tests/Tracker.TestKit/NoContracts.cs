using Tracker.Core.Identities;
using Tracker.Core.Model;

namespace Tracker.TestKit;

/// <summary>No number is known to be anybody's.</summary>
public sealed class NoContracts : IContractStore
{
    public Task<IReadOnlyList<ProfileId?>> FindAsync(TenantId tenant, IReadOnlyList<UInt128> references, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<ProfileId?>>(new ProfileId?[references.Count]);
}
