using Tracker.Core.Identities;
using Tracker.Core.Identities.Persons;

namespace Tracker.Server.Identities;

internal static class IdentitiesFeature
{
    public static IServiceCollection AddIdentities(this IServiceCollection services) => services
        .AddSingleton<IdentifierReader>()
        .AddSingleton<ProfileLookup>()
        .AddSingleton<PersonReader>()
        .AddSingleton<PersonMerger>();
}
