using Microsoft.Extensions.Options;
using Tracker.Core.Ingestion;

namespace Tracker.Server.Ingestion;

internal static class IngestionFeature
{
    public static IServiceCollection AddIngestion(this IServiceCollection services)
    {
        services.AddOptions<IngestionOptions>()
            .BindConfiguration(IngestionOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<IngestionOptions>, IngestionOptionsValidator>()
            .AddSingleton<IngestionQueue>()
            .AddSingleton<IngestionMetrics>()
            .AddSingleton<InteractionRules>()
            .AddSingleton<InteractionRecorder>()
            .AddSingleton<WorkingSetReader>()
            .AddSingleton<RecordStamper>()
            .AddSingleton<ContactStamper>()
            .AddSingleton<MicroBatchProcessor>()
            .AddHostedService<IngestionLoop>()
            .AddSingleton<CountRecorder>()
            .AddSingleton<InteractionStream>()
            .AddSingleton<InteractionService>();
    }
}
