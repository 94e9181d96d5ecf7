using Tracker.Core.Policies;
using Tracker.Server.Security;

namespace Tracker.Server.Policies;

internal static class PoliciesFeature
{
    public static IServiceCollection AddPolicies(this IServiceCollection services) => services
        .AddSingleton(provider => PolicyRegister.Load(provider.GetRequiredService<CallerDirectory>().Policies
            .ToDictionary(tenant => tenant.Key, tenant => tenant.Value ?? PolicyRegister.DefaultProfile)))
        .AddSingleton<PolicyService>();
}
