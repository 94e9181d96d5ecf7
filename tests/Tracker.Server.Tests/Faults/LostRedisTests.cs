using StackExchange.Redis;
using Tracker.TestServers;

namespace Tracker.Server.Tests.Faults;

/// <summary>Whatever becomes of Redis: a withdrawal counts at once on every node, and nothing is lost.</summary>
[Collection(nameof(FaultCollection))]
public sealed class LostRedisTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public Task A_Redis_that_is_killed_and_comes_back_empty_revives_no_consent() => AssertAsync(async (redis, shopper, nodes) =>
    {
        redis.Kill();
        await shopper.WithdrawAsync(nodes.First);
        await shopper.AssertNothingIsAcceptedOrReadAsync(nodes.All);
        await redis.StartAsync();
        await shopper.AssertNothingIsAcceptedOrReadAsync(nodes.All);
        await shopper.ConsentAsync(nodes.Second);
        await shopper.AssertAcceptedAsync(nodes.All);
        await shopper.WithdrawAsync(nodes.Second);
    });

    [Fact]
    public Task A_Redis_that_comes_back_with_what_it_knew_before_the_withdrawal_revives_no_consent() => AssertAsync(async (redis, shopper, nodes) =>
    {
        await using (var beside = await redis.ConnectAsync())
        {
            await beside.GetServer(redis.Address).ExecuteAsync("SAVE");
        }

        await shopper.WithdrawAsync(nodes.First);
        await shopper.AssertNothingIsAcceptedOrReadAsync(nodes.All);
        redis.Kill();
        await redis.StartAsync();

        await using var again = await redis.ConnectAsync();
        Assert.True(await again.GetServer(redis.Address).DatabaseSizeAsync() > 0);
        await UntilCountedAsync(again.GetServer(redis.Address), "keyspace_hits");
    });

    [Fact]
    public Task A_Redis_that_forgets_everything_all_the_time_revives_no_consent() => AssertAsync(async (redis, shopper, nodes) =>
    {
        await using var beside = await redis.ConnectAsync();
        var server = beside.GetServer(redis.Address);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(_cancellation);
        var forgetting = ForgetAsync(server, enough.Token);

        await shopper.AssertAcceptedAsync(nodes.All);
        await shopper.WithdrawAsync(nodes.First);
        await shopper.AssertNothingIsAcceptedOrReadAsync(nodes.All);

        await enough.CancelAsync();
        Assert.True(await forgetting > 10);
    });

    [Fact]
    public Task A_Redis_without_room_for_anything_revives_no_consent() => AssertAsync(
        async (redis, shopper, nodes) =>
        {
            await using var beside = await redis.ConnectAsync();
            var server = beside.GetServer(redis.Address);
            await server.ConfigSetAsync("maxmemory", await CountAsync(server, "used_memory"));
            await UntilCountedAsync(server, "evicted_keys");
            await shopper.WithdrawAsync(nodes.First);
        },
        "--maxmemory-policy",
        "allkeys-random");

    /// <param name="fault">Begins with a consent that both nodes have used, and ends with its withdrawal.</param>
    private async Task AssertAsync(Func<RedisProcess, Shopper, TwoNodes, Task> fault, params string[] settings)
    {
        var mongo = (await MongoServer.GetAsync()).Address();
        await using var redis = await RedisProcess.StartAsync(settings);
        await using var nodes = await TwoNodes.StartAsync(mongo, [redis.Address, redis.Address], _cancellation);
        var (shop, shopper) = (new Shop(), new Shopper(_cancellation));
        await using var load = Load.Start(nodes.All, shop, _cancellation);
        await shopper.RegisterNoticeAsync(nodes.First);
        await shopper.ConsentAsync(nodes.First);
        await shopper.AssertAcceptedAsync(nodes.All);
        await load.UntilAnsweredAsync(20);

        await fault(redis, shopper, nodes);

        await shopper.AssertNothingIsAcceptedOrReadAsync(nodes.All);
        await load.UntilAnsweredAsync(20);
        await shopper.AssertNothingIsAcceptedOrReadAsync(nodes.All);
        await load.StopAsync();
        Assert.All(load.Answered, delivery => Assert.Equal(0, delivery.Unknown));
        await new StoredTruth(nodes, shop, load.Answered, _cancellation) { Beside = [shopper.Owner] }.AssertAsync();
    }

    private Task UntilCountedAsync(IServer server, string counter) => Eventually.BecomesAsync(
        $"Redis counts {counter}",
        async () => await CountAsync(server, counter) != "0",
        _cancellation);

    private static async Task<string> CountAsync(IServer server, string counter) =>
        (await server.InfoAsync()).SelectMany(section => section).Single(entry => entry.Key == counter).Value;

    private static async Task<int> ForgetAsync(IServer server, CancellationToken enough)
    {
        for (var times = 0; ; times++)
        {
            if (enough.IsCancellationRequested)
            {
                return times;
            }

            await server.FlushAllDatabasesAsync();
        }
    }
}
