using Tracker.Core.Model;

namespace Tracker.Core.Identities;

public interface IIdentityStore
{
    /// <returns>For each identifier, in order, the profile it leads to; null where it is unknown or has expired.</returns>
    Task<IReadOnlyList<ProfileId?>> FindAsync(TenantId tenant, IReadOnlyList<IdentifierHash> identifiers, CancellationToken cancellation);

    /// <returns>For each identifier, in order, the profiles that it led to before, which may be gone; of a machine that somebody else named themselves on.</returns>
    Task<IReadOnlyList<IReadOnlyList<ProfileId>>> FindEarlierAsync(TenantId tenant, IReadOnlyList<IdentifierHash> identifiers, CancellationToken cancellation);

    /// <returns>For each profile, in order, its control document; null where there is none or it has expired. Never from a cache.</returns>
    Task<IReadOnlyList<Control?>> ReadControlsAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation);
}
