using StackExchange.Redis;

namespace Tracker.TestServers;

/// <summary>A prefix of its own for the keys of a test class, as its class fixture; they are deleted at the end.</summary>
public sealed class RedisKeyspace : IAsyncDisposable
{
    private string? _address;

    public string Prefix { get; } = $"tracker-test-{Guid.CreateVersion7():N}:";

    /// <summary>The configuration for StackExchange.Redis; without a server the test is skipped.</summary>
    public async Task<string> AddressAsync()
    {
        var server = await RedisServer.GetAsync();
        return _address = server.Address();
    }

    public async ValueTask DisposeAsync()
    {
        if (_address is null)
        {
            return;
        }

        await using var redis = await ConnectionMultiplexer.ConnectAsync(_address);
        foreach (var server in redis.GetServers().Where(server => !server.IsReplica))
        {
            await foreach (var key in server.KeysAsync(pattern: $"{Prefix}*"))
            {
                await redis.GetDatabase().KeyDeleteAsync(key);
            }
        }
    }
}
