using Tracker.Core.Policies;
using Tracker.Core.Security;
using Tracker.Server.Hosting;
using Tracker.Server.Security;

namespace Tracker.Server.Policies;

internal static class PoliciesFeature
{
    public static IServiceCollection AddPolicies(this IServiceCollection services) => services
        .AddSingleton(Load)
        .AddSingleton<PolicyArchive>()
        .AddSingleton<PolicyService>();

    private static PolicyRegister Load(IServiceProvider provider)
    {
        var callers = provider.GetRequiredService<CallerDirectory>();
        try
        {
            var policies = PolicyRegister.Of(callers.Policies.ToDictionary(tenant => tenant.Key, tenant => Read(tenant.Value)));
            CheckTypes(policies, callers.Sources);
            return policies;
        }
        catch (PolicyInvalidException exception)
        {
            throw new StartRefusedException($"{exception.Message}{Environment.NewLine}{TenantsOptions.Section}:*:Policy or PolicyFile chooses the policy of a tenant.", exception);
        }
    }

    private static Policy Read(PolicyChoice choice)
    {
        if (choice.File is null)
        {
            return PolicyRegister.LoadShipped(choice.Profile);
        }

        try
        {
            return PolicyRegister.LoadOverlay(choice.File, File.ReadAllBytes(choice.File));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartRefusedException($"The policy {Path.GetFullPath(choice.File)} cannot be read: {exception.Message} {TenantsOptions.Section}:*:PolicyFile names it.", exception);
        }
    }

    // A misspelt type would never match an interaction, and its purposes would silently be those of the catalogue.
    private static void CheckTypes(PolicyRegister policies, IReadOnlyList<Caller> sources)
    {
        foreach (var source in sources)
        {
            var unknown = source.DefaultPurposes.Keys.Except(policies.For(source.Tenant).Types.Keys).ToArray();
            if (unknown.Length > 0)
            {
                throw new StartRefusedException($"{TenantsOptions.Section}: DefaultPurposes of source {source.Tenant}/{source.Source} name types that are not in the catalogue: {string.Join(", ", unknown)}.");
            }
        }
    }
}
