using Microsoft.Extensions.Options;
using Polly.Registry;
using Tracker.Cache.Redis;
using Tracker.Core.Ingestion;

namespace Tracker.Server.Hosting;

/// <summary>The cache that the settings choose, connected from the start to the end of the server; one that is away keeps nobody from starting.</summary>
internal sealed class ChosenCache(IOptions<CacheOptions> options, ResiliencePipelineProvider<string> pipelines, CacheMetrics metrics, TimeProvider time) : IAsyncDisposable
{
    private IProfileCache? _cache;

    public IProfileCache Cache => _cache ?? throw new InvalidOperationException("The cache is not open yet.");

    public async Task OpenAsync()
    {
        var redis = options.Value.Redis;
        _cache = redis.IsChosen ? await RedisProfileCache.OpenAsync(redis, pipelines.GetPipeline(RedisPipeline.Name), metrics, time) : new NoProfileCache();
    }

    public ValueTask DisposeAsync() => _cache is IAsyncDisposable open ? open.DisposeAsync() : ValueTask.CompletedTask;
}
