using Microsoft.Extensions.Options;
using Tracker.Core.Ingestion;
using Tracker.Core.Ingestion.Claims;

namespace Tracker.Server.Ingestion;

internal static class IngestionFeature
{
    public static IServiceCollection AddIngestion(this IServiceCollection services)
    {
        services.AddOptions<IngestionOptions>()
            .BindConfiguration(IngestionOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<IngestionOptions>, IngestionOptionsValidator>();
        services.AddSingleton<IValidateOptions<IngestionOptions>, WriteDeadlineValidator>();
        services.AddSingleton<InteractionRules>().AddSingleton<IngestionQueue>().AddSingleton<SourceQuotas>().AddSingleton<LimitTrailer>().AddSingleton<IngestionMetrics>();
        services.AddSingleton<ProfileRecall>().AddSingleton<WorkingSetReader>().AddSingleton<RecordStamper>().AddSingleton<ContactStamper>().AddSingleton<AgeStamper>().AddSingleton<InteractionPipeline>();
        services.AddSingleton<InteractionRecorder>().AddSingleton<CountRecorder>();
        services.AddSingleton<ClaimRules>().AddSingleton<ClaimantSearch>().AddSingleton<ClaimSearch>().AddSingleton<ReceiptClaims>();
        services.AddSingleton<BatchStream>().AddSingleton<InteractionService>();
        return services.AddHostedService<IngestionLoop>();
    }
}
