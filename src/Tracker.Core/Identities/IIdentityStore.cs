using Tracker.Core.Model;

namespace Tracker.Core.Identities;

public interface IIdentityStore
{
    /// <returns>
    /// For each identifier, in order, the profile it leads to; null where it is unknown or has expired. A machine outlives whom it leads to
    /// for as long as anybody whom it led to before lives: then the profile is gone, and it leads nowhere.
    /// </returns>
    Task<IReadOnlyList<ProfileId?>> FindAsync(TenantId tenant, IReadOnlyList<IdentifierHash> identifiers, CancellationToken cancellation);

    /// <returns>For each identifier, in order, all profiles that it leads to or, being a machine, led to before; any of them may be gone.</returns>
    Task<IReadOnlyList<IReadOnlyList<ProfileId>>> FindEverybodyAsync(TenantId tenant, IReadOnlyList<IdentifierHash> identifiers, CancellationToken cancellation);

    /// <returns>For each profile, in order, its control document; null where there is none or it has expired. Never from a cache.</returns>
    Task<IReadOnlyList<Control?>> ReadControlsAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation);

    /// <returns>Living profiles of a tenant after that one, in the order of their ids.</returns>
    Task<IReadOnlyList<ProfileId>> ListProfilesAsync(TenantId tenant, ProfileId? after, int limit, CancellationToken cancellation);
}
