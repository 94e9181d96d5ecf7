using Tracker.Core.Profiles;

namespace Tracker.Server.Profiles;

internal static class ProfilesFeature
{
    public static IServiceCollection AddProfiles(this IServiceCollection services) => services
        .AddSingleton<ProfileQueries>()
        .AddSingleton<RecordExplainer>()
        .AddSingleton<ProfileService>();
}
