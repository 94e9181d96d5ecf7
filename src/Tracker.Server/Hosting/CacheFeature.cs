using Microsoft.Extensions.Options;
using Polly;
using Tracker.Cache.Redis;
using Tracker.Core.Ingestion;

namespace Tracker.Server.Hosting;

/// <summary>The port of what nodes remember for each other, and what is done about it when it does not answer.</summary>
internal static class CacheFeature
{
    public static IServiceCollection AddCache(this IServiceCollection services)
    {
        services.AddOptions<CacheOptions>()
            .BindConfiguration(CacheOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<CacheOptions>, CacheOptionsValidator>();
        services.AddResiliencePipeline(RedisPipeline.Name, (builder, context) =>
            RedisPipeline.Configure(builder, context.ServiceProvider.GetRequiredService<IOptions<CacheOptions>>().Value.Redis));
        return services
            .AddSingleton<CacheMetrics>()
            .AddSingleton<ChosenCache>()
            .AddSingleton<IProfileCache>(provider => provider.GetRequiredService<ChosenCache>().Cache);
    }
}
