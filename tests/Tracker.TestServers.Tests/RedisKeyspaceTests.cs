using StackExchange.Redis;

namespace Tracker.TestServers.Tests;

public class RedisKeyspaceTests(RedisKeyspace keyspace) : IClassFixture<RedisKeyspace>
{
    [Fact]
    public async Task A_key_is_gone_at_the_time_that_PEXPIREAT_gives_it()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(await keyspace.AddressAsync());
        var database = redis.GetDatabase();
        await database.StringSetAsync($"{keyspace.Prefix}kept", "kept");
        await database.StringSetAsync($"{keyspace.Prefix}over", "over");

        await database.KeyExpireAsync($"{keyspace.Prefix}kept", DateTime.UtcNow.AddHours(1));
        await database.KeyExpireAsync($"{keyspace.Prefix}over", DateTime.UtcNow.AddSeconds(-1));

        Assert.Equal(["kept", RedisValue.Null], await database.StringGetAsync([$"{keyspace.Prefix}kept", $"{keyspace.Prefix}over"]));
        Assert.InRange(await database.KeyTimeToLiveAsync($"{keyspace.Prefix}kept") ?? default, TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_script_runs_as_one()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(await keyspace.AddressAsync());

        var added = await redis.GetDatabase().ScriptEvaluateAsync(
            "redis.call('SET', KEYS[1], ARGV[1]) return redis.call('INCRBY', KEYS[1], 2)", [$"{keyspace.Prefix}script"], [40]);

        Assert.Equal(42, (int)added);
    }

    [Fact]
    public async Task What_is_published_arrives_at_a_subscriber()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(await keyspace.AddressAsync());
        var channel = RedisChannel.Literal($"{keyspace.Prefix}news");
        var messages = await redis.GetSubscriber().SubscribeAsync(channel);

        await redis.GetSubscriber().PublishAsync(channel, "now");
        var message = await messages.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal("now", message.Message);
    }

    [Fact]
    public async Task The_keys_of_a_class_go_with_it_and_those_of_others_stay()
    {
        var gone = new RedisKeyspace();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(await gone.AddressAsync());
        await keyspace.AddressAsync();
        await redis.GetDatabase().StringSetAsync([new($"{gone.Prefix}a", 1), new($"{keyspace.Prefix}a", 1)]);

        await gone.DisposeAsync();

        Assert.False(await redis.GetDatabase().KeyExistsAsync($"{gone.Prefix}a"));
        Assert.True(await redis.GetDatabase().KeyExistsAsync($"{keyspace.Prefix}a"));
    }
}
