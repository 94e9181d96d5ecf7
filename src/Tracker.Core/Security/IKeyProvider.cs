using Tracker.Core.Model;

namespace Tracker.Core.Security;

/// <summary>Where tenant keys come from: a local file now, other providers in part 6, a fixed one in tests.</summary>
public interface IKeyProvider
{
    /// <returns>All key versions of the tenant, oldest first, never empty; new ones are made for a tenant without any.</returns>
    IReadOnlyList<TenantKey> GetKeys(TenantId tenant);

    /// <returns>Whether there are keys of the tenant; makes none.</returns>
    bool HasKeys(TenantId tenant);
}
