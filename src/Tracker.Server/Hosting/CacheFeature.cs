using Microsoft.Extensions.Options;
using Tracker.Cache.Redis;
using Tracker.Core.Ingestion;

namespace Tracker.Server.Hosting;

/// <summary>The port of what nodes remember for each other, whether there is such a cache or none.</summary>
internal static class CacheFeature
{
    public static IServiceCollection AddCache(this IServiceCollection services)
    {
        services.AddOptions<CacheOptions>()
            .BindConfiguration(CacheOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<CacheOptions>, CacheOptionsValidator>();
        return services
            .AddSingleton<CacheMetrics>()
            .AddSingleton<ChosenCache>()
            .AddSingleton<IProfileCache>(provider => provider.GetRequiredService<ChosenCache>().Cache);
    }
}
