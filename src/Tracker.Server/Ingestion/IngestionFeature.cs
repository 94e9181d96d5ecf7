using Tracker.Core.Ingestion;

namespace Tracker.Server.Ingestion;

internal static class IngestionFeature
{
    public static IServiceCollection AddIngestion(this IServiceCollection services) => services
        .AddSingleton<InteractionRecorder>()
        .AddSingleton<CountRecorder>()
        .AddSingleton<BatchStream>()
        .AddSingleton<InteractionService>();
}
