using Tracker.TestServers;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Faults;

[Collection(nameof(FaultCollection))]
public sealed class WithdrawalRaceTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Compliance", "E47")]
    public async Task Nothing_that_begins_after_a_withdrawal_is_accepted_nothing_is_readable_and_the_second_pass_leaves_nothing()
    {
        var mongo = (await MongoServer.GetAsync()).Address();
        var redis = (await RedisServer.GetAsync()).Address();
        await using var nodes = await TwoNodes.StartAsync(
            mongo,
            [redis, redis],
            _cancellation,
            "--Tracker:Storage:Mongo:OperationTimeout=00:00:02.5",
            "--Tracker:Storage:Mongo:TransactionBudget=00:00:06",
            "--Tracker:Ingestion:WriteDeadline=00:00:09",
            "--Tracker:Consents:SecondPassDelay=00:00:12");
        var shopper = new Shopper(_cancellation);
        await shopper.RegisterNoticeAsync(nodes.First);

        foreach (var through in Rounds.Of([nodes.Second]))
        {
            await shopper.ConsentAsync(nodes.First);
            await AssertWithdrawalWinsAsync(nodes, shopper, through);
        }
    }

    private async Task AssertWithdrawalWinsAsync(TwoNodes nodes, Shopper shopper, Node through)
    {
        var race = Race.Start(nodes.All, shopper, _cancellation);
        await race.UntilAsync("views are accepted", () => race.Accepted >= 500);
        Assert.NotEqual(0, await shopper.CountRecordsAsync(nodes.Database));

        await shopper.WithdrawAsync(through);
        var acknowledged = TimeProvider.System.GetTimestamp();
        var callsBefore = race.Calls.Count;
        foreach (var node in nodes.All)
        {
            Assert.Empty(await Timeline.ReadAsync(node, shopper.Identifier, Wire.Purpose.Profiling, _cancellation));
        }

        await race.UntilAsync("callers go on", () => race.Calls.Count >= callsBefore + 100);
        await race.StopAsync();
        Assert.Equal(0, race.Calls.Where(call => call.Started > acknowledged).Sum(call => call.Accepted));
        await shopper.AssertNothingIsAcceptedOrReadAsync(nodes.All);

        await Eventually.BecomesAsync("both passes are over", async () => await shopper.CountReviewsAsync(nodes.Database) == 0, _cancellation);
        Assert.Equal(0, await shopper.CountRecordsAsync(nodes.Database));
        await shopper.AssertNothingIsAcceptedOrReadAsync(nodes.All);
    }
}
