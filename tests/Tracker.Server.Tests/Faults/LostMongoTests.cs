using Tracker.TestServers;

namespace Tracker.Server.Tests.Faults;

[Collection(nameof(FaultCollection))]
public sealed class LostMongoTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public Task What_was_acknowledged_by_a_MongoDB_that_is_killed_is_stored_once_and_whole_whatever_part_of_it_dies() =>
        AssertNothingIsLostAsync(
            async (mongo, parts) =>
            {
                await mongo.KillAsync(parts);
                await mongo.StartAsync(parts);
            },
            // Back in time it is not even noticed by callers: transactions begin again.
            _ => { },
            MongoParts.Storage,
            MongoParts.Gateway,
            MongoParts.All);

    [Fact]
    public Task A_MongoDB_that_does_not_answer_for_ten_seconds_makes_callers_wait_and_loses_nothing() =>
        AssertNothingIsLostAsync(
            async (mongo, _) =>
            {
                mongo.Pause();
                await Task.Delay(TimeSpan.FromSeconds(10), _cancellation);
                mongo.Continue();
            },
            load => Assert.Contains(load.Answered, delivery => delivery.Unknown > 0),
            MongoParts.All);

    private async Task AssertNothingIsLostAsync(Func<MongoProcess, MongoParts, Task> fault, Action<Load> assertItWasMet, params MongoParts[] faults)
    {
        await using var mongo = await MongoProcess.StartAsync();
        var redis = (await RedisServer.GetAsync()).Address();
        await using var nodes = await TwoNodes.StartAsync(mongo.Address, [redis, redis], _cancellation);
        var shop = new Shop();
        await using var load = Load.Start(nodes.All, shop, _cancellation);
        var deciders = await Deciders.StartAsync(nodes.All, _cancellation);
        var counters = Counters.Start(nodes.All, _cancellation);

        foreach (var parts in Rounds.Of(faults))
        {
            await load.UntilAnsweredAsync(25);
            await fault(mongo, parts);
        }

        await load.UntilAnsweredAsync(25);
        await load.StopAsync();
        assertItWasMet(load);
        var deciding = await deciders.AssertAsync(nodes.Database);
        await counters.AssertAsync(nodes.Database);
        await new StoredTruth(nodes, shop, load.Answered, _cancellation) { Beside = deciding }.AssertAsync();
    }
}
