using Tracker.TestServers;

namespace Tracker.Server.Tests.Faults;

[Collection(nameof(FaultCollection))]
public sealed class CutNodeTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Compliance", "E47")]
    public async Task A_withdrawal_through_a_node_that_is_cut_from_Redis_or_through_the_other_counts_on_both_at_once()
    {
        var mongo = (await MongoServer.GetAsync()).Address();
        await using var redis = await RedisProcess.StartAsync();
        await using var link = new ServerLink($"redis://{redis.Address}");
        await using var nodes = await TwoNodes.StartAsync(mongo, [redis.Address, link.Endpoint], _cancellation);
        var (shop, shopper) = (new Shop(), new Shopper(_cancellation));
        await using var load = Load.Start(nodes.All, shop, _cancellation);
        await shopper.RegisterNoticeAsync(nodes.First);
        await shopper.ConsentAsync(nodes.First);
        await shopper.AssertAcceptedAsync(nodes.All);

        // As in a partition: nothing is refused, and nothing arrives.
        link.Freeze();
        await shopper.AssertAcceptedAsync(nodes.All);
        foreach (var node in Rounds.Of([nodes.Second, nodes.First]))
        {
            await shopper.WithdrawAsync(node);
            await shopper.AssertNothingIsAcceptedOrReadAsync(nodes.All);
            await load.UntilAnsweredAsync(20);
            await shopper.AssertNothingIsAcceptedOrReadAsync(nodes.All);
            await shopper.ConsentAsync(node);
            await shopper.AssertAcceptedAsync(nodes.All);
        }

        await shopper.WithdrawAsync(nodes.Second);
        await load.StopAsync();
        await shopper.AssertNothingIsAcceptedOrReadAsync(nodes.All);
        await new StoredTruth(nodes, shop, load.Answered, _cancellation) { Beside = [shopper.Owner] }.AssertAsync();
    }
}
