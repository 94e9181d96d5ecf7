using Tracker.TestServers;

namespace Tracker.Server.Tests.Faults;

[Collection(nameof(FaultCollection))]
public sealed class KilledNodeTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_acknowledged_by_a_node_that_is_killed_is_stored_once_and_whole()
    {
        var redis = (await RedisServer.GetAsync()).Address();
        await using var mongo = await MongoProcess.StartAsync();
        await using var nodes = await TwoNodes.StartAsync(mongo.Address, [redis, redis], _cancellation);
        var shop = new Shop();
        await using var load = Load.Start(nodes.All, shop, _cancellation);
        var deciders = await Deciders.StartAsync(nodes.All, _cancellation);
        var counters = Counters.Start(nodes.All, _cancellation);
        var claimants = Claimants.Start(nodes.All, _cancellation);

        foreach (var node in Rounds.Of(nodes.All))
        {
            await load.UntilAnsweredAsync(25);
            await node.KillAsync(_cancellation);
            await load.UntilAnsweredAsync(25);
            await node.StartAsync(_cancellation);
        }

        await load.UntilAnsweredAsync(25);
        await load.StopAsync();
        var deciding = await deciders.AssertAsync(nodes.Database);
        await counters.AssertAsync(nodes.Database);
        var claiming = await claimants.AssertAsync(nodes.Database);
        Assert.Contains(load.Answered, delivery => delivery.Unknown > 0);
        await new StoredTruth(nodes, shop, load.Answered, _cancellation) { Beside = [.. deciding, .. claiming] }.AssertAsync();
    }
}
