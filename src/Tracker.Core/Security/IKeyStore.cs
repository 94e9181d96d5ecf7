using Tracker.Core.Model;

namespace Tracker.Core.Security;

public interface IKeyStore
{
    /// <returns>For each profile, in order, its wrapped keys; null where there are none or they have expired.</returns>
    Task<IReadOnlyList<ProfileKeys?>> ReadAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation);
}
