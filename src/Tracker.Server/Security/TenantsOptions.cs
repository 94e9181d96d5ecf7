namespace Tracker.Server.Security;

/// <summary>Who may call. Empty: one tenant "demo" with one source "demo", from this machine only.</summary>
public sealed class TenantsOptions
{
    public const string Section = "Tracker:Tenants";

    public IList<TenantOptions> Tenants { get; } = [];
}
