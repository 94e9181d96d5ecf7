using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Testing;
using Polly;
using StackExchange.Redis;
using Tracker.Cache.Redis;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Redis;

/// <summary>A cache on a Redis, with a connection beside it that sees what is really there, and a count of what it was asked.</summary>
public sealed class SharedMemory : IAsyncDisposable
{
    private readonly string _prefix;
    private readonly NoMeters _meters;
    private readonly MetricCollector<long> _lookups;
    private readonly ConnectionMultiplexer _beside;

    private SharedMemory(string prefix, FakeLogger log, NoMeters meters, ConnectionMultiplexer beside, RedisProfileCache cache)
    {
        (_prefix, Log, _meters, _beside, Cache) = (prefix, log, meters, beside, cache);
        _lookups = new MetricCollector<long>(meters, CacheMetrics.MeterName, "tracker.cache.lookups");
    }

    public RedisProfileCache Cache { get; }

    public FakeLogger Log { get; }

    public IDatabase Database => _beside.GetDatabase();

    public static async Task<SharedMemory> OpenAsync(string address, string prefix, TimeProvider? time = null, Action<RedisCacheOptions>? adjust = null)
    {
        var options = new RedisCacheOptions { ConnectionString = address, Prefix = prefix, Timeout = TimeSpan.FromSeconds(2) };
        adjust?.Invoke(options);
        var pipeline = new ResiliencePipelineBuilder();
        var log = new FakeLogger();
        RedisPipeline.Configure(pipeline, options, log);
        var meters = new NoMeters();
        return new SharedMemory(
            prefix,
            log,
            meters,
            await ConnectionMultiplexer.ConnectAsync($"{address},allowAdmin=true,abortConnect=false"),
            await RedisProfileCache.OpenAsync(options, pipeline.Build(), new CacheMetrics(meters), time ?? TimeProvider.System));
    }

    /// <summary>All that is there under the prefix; what was sent before is there by then.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> DumpAsync()
    {
        // Sent and not waited for: a question on the same connection is answered after it.
        await Cache.FindAsync(new("nobody"), [A.Identifier(1)], CancellationToken.None);
        Dictionary<string, byte[]> all = [];
        foreach (var server in _beside.GetServers())
        {
            await foreach (var key in server.KeysAsync(pattern: $"{{{_prefix}:*"))
            {
                all[key!] = (await Database.StringGetAsync(key))!;
            }
        }

        return all;
    }

    /// <summary>How many links or ledgers were answered so.</summary>
    public long Count(string kind, string outcome) => _lookups.GetMeasurementSnapshot()
        .Where(measured => Equals(measured.Tags["tracker.cache.kind"], kind) && Equals(measured.Tags["tracker.cache.outcome"], outcome))
        .Sum(measured => measured.Value);

    public async ValueTask DisposeAsync()
    {
        await Cache.DisposeAsync();
        await _beside.DisposeAsync();
        _lookups.Dispose();
        _meters.Dispose();
    }
}
