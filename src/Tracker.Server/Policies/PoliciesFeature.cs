using Tracker.Core.Policies;

namespace Tracker.Server.Policies;

internal static class PoliciesFeature
{
    public static IServiceCollection AddPolicies(this IServiceCollection services) => services
        .AddSingleton<PolicyRegister>()
        .AddSingleton<PolicyService>();
}
