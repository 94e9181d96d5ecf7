using Tracker.Core.Policies;
using Tracker.Server.Hosting;
using Tracker.Server.Security;

namespace Tracker.Server.Policies;

internal static class PoliciesFeature
{
    public static IServiceCollection AddPolicies(this IServiceCollection services) => services
        .AddSingleton(Load)
        .AddSingleton<PolicyService>();

    private static PolicyRegister Load(IServiceProvider provider)
    {
        var profiles = provider.GetRequiredService<CallerDirectory>().Policies;
        try
        {
            return PolicyRegister.Load(profiles);
        }
        catch (PolicyInvalidException exception)
        {
            throw new StartRefusedException($"{exception.Message}{Environment.NewLine}{TenantsOptions.Section}:*:Policy chooses the policy of a tenant.", exception);
        }
    }
}
