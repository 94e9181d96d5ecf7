using StackExchange.Redis;

namespace Tracker.TestServers.Tests;

public class EmbeddedGarnetTests
{
    [Fact]
    public async Task Garnet_keeps_and_ends_keys_where_there_is_no_Redis()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(EmbeddedGarnet.Start().Address());
        var database = redis.GetDatabase();
        await database.StringSetAsync([new("kept", 1), new("over", 1)]);

        await database.ExecuteAsync("PEXPIREAT", "kept", DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds());
        await database.ExecuteAsync("PEXPIREAT", "over", DateTimeOffset.UtcNow.AddSeconds(-1).ToUnixTimeMilliseconds());

        Assert.Equal([1, RedisValue.Null], await database.StringGetAsync(["kept", "over"]));
        Assert.Equal(6, (int)await database.ScriptEvaluateAsync("return redis.call('INCRBY', KEYS[1], 5)", ["kept"]));
    }
}
