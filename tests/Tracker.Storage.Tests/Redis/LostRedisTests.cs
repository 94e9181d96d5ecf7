using StackExchange.Redis;
using Tracker.Core.Model;
using Tracker.TestKit;
using Tracker.TestServers;

namespace Tracker.Storage.Tests.Redis;

/// <summary>A Redis of one's own: killed, paused, emptied, and as a cluster.</summary>
public sealed class LostRedisTests
{
    private static readonly DateTimeOffset Soon = DateTimeOffset.UtcNow.AddMinutes(30);

    private static readonly IdentifierHash[] Asked = [.. Enumerable.Range(1, 200).Select(number => A.Identifier(number))];

    [Fact]
    public async Task Where_none_answers_at_the_start_nothing_is_remembered_and_nothing_fails()
    {
        await using var redis = await RedisProcess.StartAsync();
        redis.Kill();
        await using var memory = await SharedMemory.OpenAsync($"{redis.Address},connectTimeout=200", "lost");

        memory.Cache.Remember(A.Tenant, [new(Asked[0], A.Ada, Soon)], []);

        for (var i = 0; i < 4; i++)
        {
            Assert.Equal([null], await memory.Cache.FindAsync(A.Tenant, [Asked[0]], CancellationToken.None));
        }

        Assert.Equal(4, memory.Count("link", "failed"));
        Assert.Equal([4001], memory.Log.Collector.GetSnapshot().Select(line => line.Id.Id));
    }

    [Fact]
    public async Task One_that_is_killed_is_a_miss_and_serves_again_when_it_is_back()
    {
        await using var redis = await RedisProcess.StartAsync();
        await using var memory = await SharedMemory.OpenAsync(redis.Address, "killed", adjust: options => options.BreakFor = TimeSpan.FromMilliseconds(500));
        memory.Cache.Remember(A.Tenant, [new(Asked[0], A.Ada, Soon)], []);
        var before = await memory.Cache.FindAsync(A.Tenant, [Asked[0]], CancellationToken.None);

        redis.Kill();
        var killed = await memory.Cache.FindAsync(A.Tenant, [Asked[0]], CancellationToken.None);
        await redis.StartAsync();
        var back = await UntilAsync(memory, A.Ada);

        Assert.Equal([A.Ada, null, A.Ada], [before[0], killed[0], back]);
    }

    [Fact]
    public async Task One_that_is_paused_is_asked_no_longer_after_some_questions()
    {
        await using var redis = await RedisProcess.StartAsync();
        await using var memory = await SharedMemory.OpenAsync(redis.Address, "paused", adjust: options =>
        {
            (options.Timeout, options.BreakFor) = (TimeSpan.FromMilliseconds(20), TimeSpan.FromMinutes(1));
        });
        redis.Pause();

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal([null], await memory.Cache.FindAsync(A.Tenant, [Asked[0]], CancellationToken.None));
        }

        // The breaker answers at once; a time-out would have cost 20 ms each.
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 500; i++)
        {
            await memory.Cache.FindAsync(A.Tenant, [Asked[0]], CancellationToken.None);
        }

        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
        Assert.Equal(510, memory.Count("link", "failed"));
        Assert.Equal([4001], memory.Log.Collector.GetSnapshot().Select(line => line.Id.Id));
    }

    [Fact]
    public async Task On_a_cluster_no_question_spans_slots_and_every_answer_comes_back()
    {
        await using var redis = await RedisProcess.StartAsync("--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1", "--cluster-port", $"{LoopbackPort.Take()}");
        await using (var beside = await redis.ConnectAsync())
        {
            await beside.GetServers()[0].ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
            await UntilClusterAsync(beside.GetServers()[0]);
        }

        await using var memory = await SharedMemory.OpenAsync(redis.Address, "cluster");
        memory.Cache.Remember(A.Tenant, [.. Asked.Select((identifier, i) => new Core.Ingestion.RememberedLink(identifier, A.Profile(i), Soon))], []);

        var found = await memory.Cache.FindAsync(A.Tenant, Asked, CancellationToken.None);

        Assert.Equal(Asked.Select((_, i) => (ProfileId?)A.Profile(i)), found);
        Assert.Equal(0, memory.Count("link", "failed"));
    }

    private static async Task<ProfileId?> UntilAsync(SharedMemory memory, ProfileId profile)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            late.Token.ThrowIfCancellationRequested();
            memory.Cache.Remember(A.Tenant, [new(Asked[0], profile, Soon)], []);
            if ((await memory.Cache.FindAsync(A.Tenant, [Asked[0]], late.Token))[0] is { } found)
            {
                return found;
            }

            await Task.Yield();
        }
    }

    private static async Task UntilClusterAsync(IServer server)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await server.ExecuteAsync("CLUSTER", "INFO")).ToString().Contains("cluster_state:ok", StringComparison.Ordinal) is false)
        {
            late.Token.ThrowIfCancellationRequested();
        }
    }
}
