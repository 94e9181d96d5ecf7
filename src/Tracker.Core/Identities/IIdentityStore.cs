using Tracker.Core.Model;

namespace Tracker.Core.Identities;

public interface IIdentityStore
{
    /// <returns>For each identifier, in order, the profile it leads to; null where it is unknown or has expired.</returns>
    Task<IReadOnlyList<ProfileId?>> FindAsync(TenantId tenant, IReadOnlyList<IdentifierHash> identifiers, CancellationToken cancellation);

    /// <returns>For each profile, in order, its control document; null where there is none or it has expired. Never from a cache.</returns>
    Task<IReadOnlyList<Control?>> ReadControlsAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation);
}
