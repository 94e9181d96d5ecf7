using Tracker.Core.Profiles;
using Tracker.Core.Profiles.Matching;
using Tracker.Core.Profiles.Summaries;
using Tracker.Core.Security;

namespace Tracker.Server.Profiles;

internal static class ProfilesFeature
{
    public static IServiceCollection AddProfiles(this IServiceCollection services) => services
        .AddSingleton<PayloadOpener>()
        .AddSingleton<ProfileQueries>()
        .AddSingleton<ProfileSummariser>()
        .AddSingleton<RecordExplainer>()
        .AddSingleton<ContactExplainer>()
        .AddSingleton<EarlierVisits>()
        .AddSingleton<MergePreviewer>()
        .AddSingleton<MatchSuggester>()
        .AddSingleton<ProfileService>();
}
