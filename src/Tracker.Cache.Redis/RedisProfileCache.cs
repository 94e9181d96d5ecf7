using Polly;
using StackExchange.Redis;
using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;

namespace Tracker.Cache.Redis;

/// <summary>What the nodes remember for each other, in Redis: hashes, ids and ledgers, each with an end. A fault is a miss.</summary>
public sealed class RedisProfileCache : IProfileCache, IAsyncDisposable
{
    private const string LinkKind = "link";
    private const string LedgerKind = "ledger";

    private readonly IConnectionMultiplexer _redis;
    private readonly ResiliencePipeline _pipeline;
    private readonly CacheMetrics _metrics;
    private readonly CacheKeys _keys;
    private readonly TimeSpan _lifetime;
    private readonly TimeProvider _time;

    private RedisProfileCache(IConnectionMultiplexer redis, RedisCacheOptions options, ResiliencePipeline pipeline, CacheMetrics metrics, TimeProvider time)
    {
        (_redis, _pipeline, _metrics, _time) = (redis, pipeline, metrics, time);
        (_keys, _lifetime) = (new CacheKeys(options.Prefix), options.Lifetime);
    }

    /// <summary>Goes on connecting in the background where Redis does not answer yet.</summary>
    public static async Task<RedisProfileCache> OpenAsync(RedisCacheOptions options, ResiliencePipeline pipeline, CacheMetrics metrics, TimeProvider time)
    {
        var settings = ConfigurationOptions.Parse(options.ConnectionString);
        settings.AbortOnConnectFail = false;
        // What cannot be asked now is not worth asking later.
        settings.BacklogPolicy = BacklogPolicy.FailFast;
        settings.ClientName ??= "tracker";
        // Keys have ids of people.
        settings.IncludeDetailInExceptions = false;
        return new RedisProfileCache(await ConnectionMultiplexer.ConnectAsync(settings), options, pipeline, metrics, time);
    }

    /// <returns>Whether it is one; the server it names is not asked.</returns>
    public static bool IsConnectionString(string text)
    {
        try
        {
            return ConfigurationOptions.Parse(text).EndPoints.Count > 0;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            return false;
        }
    }

    public async Task<IReadOnlyList<ProfileId?>> FindAsync(TenantId tenant, IReadOnlyList<IdentifierHash> identifiers, CancellationToken cancellation)
    {
        var found = await ReadAsync(LinkKind, [.. identifiers.Select(identifier => _keys.Link(tenant, identifier))], cancellation);
        return [.. found.Select(ToProfile)];
    }

    public async Task<IReadOnlyList<IReadOnlyList<ConsentEntry>?>> ReadLedgersAsync(TenantId tenant, IReadOnlyList<LedgerVersion> versions, CancellationToken cancellation)
    {
        var found = await ReadAsync(LedgerKind, [.. versions.Select(version => _keys.Ledger(tenant, version))], cancellation);
        return [.. found.Select((value, i) => ToLedger(value, versions[i]))];
    }

    public void Remember(TenantId tenant, IReadOnlyList<RememberedLink> links, IReadOnlyList<RememberedLedger> ledgers)
    {
        foreach (var link in links)
        {
            Put(_keys.Link(tenant, link.Identifier), link.Profile.Value.ToByteArray(bigEndian: true), link.Until);
        }

        foreach (var ledger in ledgers)
        {
            Put(_keys.Ledger(tenant, ledger.Version), LedgerJson.Write(ledger.Entries), ledger.Until);
        }
    }

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    private void Put(RedisKey key, RedisValue value, DateTimeOffset until)
    {
        var now = _time.GetUtcNow();
        var end = until < now + _lifetime ? until : now + _lifetime;
        if (end > now && _redis.IsConnected)
        {
            // Never without an end, and then exactly that one, however late it arrives: not every server knows PXAT.
            var database = _redis.GetDatabase();
            database.StringSet(key, value, end - now, flags: CommandFlags.FireAndForget);
            database.KeyExpire(key, end.UtcDateTime, CommandFlags.FireAndForget);
        }
    }

    /// <summary>One question for all; on a cluster one for each slot, all at the same time.</summary>
    private async Task<RedisValue[]> ReadAsync(string kind, RedisKey[] keys, CancellationToken cancellation)
    {
        var values = new RedisValue[keys.Length];
        if (keys.Length == 0)
        {
            return values;
        }

        try
        {
            await _pipeline.ExecuteAsync(async token => await ReadIntoAsync(keys, values).WaitAsync(token), cancellation);
            _metrics.Answered(kind, keys.Length, values.Count(value => !value.IsNull));
            return values;
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException or ExecutionRejectedException)
        {
            _metrics.Failed(kind, keys.Length);
            return new RedisValue[keys.Length];
        }
    }

    private async Task ReadIntoAsync(RedisKey[] keys, RedisValue[] values)
    {
        var database = _redis.GetDatabase();
        await Task.WhenAll(Enumerable.Range(0, keys.Length).GroupBy(i => _redis.HashSlot(keys[i])).Select(async slot =>
        {
            int[] places = [.. slot];
            var found = await database.StringGetAsync([.. places.Select(i => keys[i])]);
            for (var i = 0; i < places.Length; i++)
            {
                values[places[i]] = found[i];
            }
        }));
    }

    private static ProfileId? ToProfile(RedisValue value)
    {
        ReadOnlyMemory<byte> bytes = value;
        return bytes.Length == 16 ? new ProfileId(new Guid(bytes.Span, bigEndian: true)) : null;
    }

    /// <summary>Whatever it is: only a ledger of that profile that ends with that epoch is one. An entry that has expired since is none.</summary>
    private IReadOnlyList<ConsentEntry>? ToLedger(RedisValue value, LedgerVersion version)
    {
        var now = _time.GetUtcNow();
        return !value.IsNull && LedgerJson.Read(value) is { } entries && entries.All(entry => entry?.Profile == version.Profile) && entries is [.., var last] && last.Sequence == version.Epoch
            ? [.. entries.Where(entry => !(entry.ExpireAt <= now))]
            : null;
    }
}
