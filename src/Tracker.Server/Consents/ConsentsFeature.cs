using Tracker.Core.Consents;

namespace Tracker.Server.Consents;

internal static class ConsentsFeature
{
    public static IServiceCollection AddConsents(this IServiceCollection services) => services
        .AddSingleton<ProfileLookup>()
        .AddSingleton<NoticeRegister>()
        .AddSingleton<ConsentLedger>()
        .AddSingleton<PeopleReader>()
        .AddSingleton<PermissionCheck>()
        .AddSingleton<ConsentService>();
}
