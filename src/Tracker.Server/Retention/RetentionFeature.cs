using Microsoft.Extensions.Options;
using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;
using Tracker.Core.Retention.Simulation;

namespace Tracker.Server.Retention;

internal static class RetentionFeature
{
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddOptions<RetentionOptions>()
            .BindConfiguration(RetentionOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsValidator>();
        services.AddSingleton<HoldingsReader>().AddSingleton<ConsentEnder>().AddSingleton<ProfileReviewer>().AddSingleton<UnownedReviewer>().AddSingleton<PolicyRollout>().AddSingleton<StricterProducts>();
        services.AddSingleton<LegalHolds>().AddSingleton<RetentionSimulation>();
        return services.AddSingleton<RetentionMetrics>().AddSingleton<WorkLeases>().AddHostedService<RetentionSweeper>().AddHostedService<ReviewLoop>().AddHostedService<HoldWatch>();
    }
}
