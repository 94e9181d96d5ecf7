using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Polly;
using Tracker.Cache.Redis;
using Tracker.Core.Ingestion;

namespace Tracker.Server.Hosting;

/// <summary>The cache that the settings choose, connected from the start to the end of the server; one that is away keeps nobody from starting.</summary>
internal sealed class ChosenCache(IOptions<CacheOptions> options, CacheMetrics metrics, TimeProvider time, ILogger<ChosenCache> logger) : IAsyncDisposable
{
    private IProfileCache? _cache;

    public IProfileCache Cache => _cache ?? throw new InvalidOperationException("The cache is not open yet.");

    public async Task OpenAsync()
    {
        var (redis, local) = (options.Value.Redis, options.Value.Local);
        _cache = redis.IsChosen ? await RedisProfileCache.OpenAsync(redis, Pipeline(redis), metrics, time)
            : local.Entries > 0 ? new LocalProfileCache(local.Entries, local.Lifetime, time)
            : new NoProfileCache();
    }

    public async ValueTask DisposeAsync()
    {
        switch (_cache)
        {
            case IAsyncDisposable shared:
                await shared.DisposeAsync();
                break;
            case IDisposable own:
                own.Dispose();
                break;
        }
    }

    /// <summary>Its events are counted by the meter "Polly"; its own log would tell every failed question, with the fault.</summary>
    private ResiliencePipeline Pipeline(RedisCacheOptions redis)
    {
        var builder = new ResiliencePipelineBuilder { Name = RedisPipeline.Name };
        RedisPipeline.Configure(builder, redis, logger);
        return builder.ConfigureTelemetry(NullLoggerFactory.Instance).Build();
    }
}
