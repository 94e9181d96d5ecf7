using Tracker.Core.Model;
using Tracker.Core.Tests.Ingestion;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Policies;

/// <summary>E19, E20: a policy that was taken back binds what happened while it was in force, and not what happened after it.</summary>
public sealed class RolledBackPolicyTests
{
    [Fact]
    [Trait("Compliance", "E19")]
    public async Task A_policy_that_was_taken_back_does_not_bind_what_happened_after_it_once_a_third_one_begins()
    {
        var good = APolicy.Shipped;
        var first = await TestTracker.StartAsync(policy: good);
        first.Time.Advance(TimeSpan.FromDays(1));
        await first.Archive.RenewAsync(CancellationToken.None);
        await first.CloseAsync();

        // By mistake, for an hour.
        var mistake = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Rule("IT-LOY-1", "EVENT_TIME", "P1M")), after: first);
        mistake.Time.Advance(TimeSpan.FromHours(1));
        await mistake.CloseAsync();

        // The one before it again, for months.
        var again = await TestTracker.StartAsync(policy: good, after: mistake);
        for (var day = 0; day < 20; day++)
        {
            again.Time.Advance(TimeSpan.FromDays(1));
            await again.Archive.RenewAsync(CancellationToken.None);
        }

        var scanned = again.Time.GetUtcNow();
        await again.RecordAsync(An.Receipt("joined", AClaim.Card, scanned) with { Type = "loyalty.joined", Content = new() });
        await again.RecordAsync(An.Receipt("scan", AClaim.Card, scanned) with { Type = "loyalty.scanned", Purposes = [Purpose.LoyaltyProgramme], Content = new() { Store = new() { StoreId = "7" } } });
        for (var day = 0; day < 60; day++)
        {
            again.Time.Advance(TimeSpan.FromDays(1));
            await again.Archive.RenewAsync(CancellationToken.None);
        }

        var before = (await again.TimelineAsync(AClaim.Card, Purpose.LoyaltyProgramme)).Items.Count(item => item.Record.Type == "loyalty.scanned");
        await again.CloseAsync();

        // Another one, that changes something else.
        await using var next = await TestTracker.StartAsync(policy: APolicy.With(document => document["quote_validity"] = "P5M"), after: again);
        var after = (await next.TimelineAsync(AClaim.Card, Purpose.LoyaltyProgramme)).Items.Count(item => item.Record.Type == "loyalty.scanned");

        Assert.Equal((1, 1), (before, after));
    }

    [Fact]
    [Trait("Compliance", "E20")]
    public async Task A_server_that_starts_once_more_with_the_policy_before_binds_nothing_that_happened_after_the_deployment()
    {
        var (before, after) = (APolicy.With(APolicy.Rule("IT-LOY-1", "EVENT_TIME", "P1M")), APolicy.Shipped);
        var old = await TestTracker.StartAsync(policy: before);
        old.Time.Advance(TimeSpan.FromDays(1));
        await old.CloseAsync();

        // A rolling deployment: the first new server, then an old one that was started again, then new ones only.
        var deployed = await TestTracker.StartAsync(policy: after, after: old);
        deployed.Time.Advance(TimeSpan.FromMinutes(5));
        await deployed.CloseAsync();
        var restarted = await TestTracker.StartAsync(policy: before, after: deployed);
        restarted.Time.Advance(TimeSpan.FromMinutes(5));
        await restarted.CloseAsync();
        var lasting = await TestTracker.StartAsync(policy: after, after: restarted);
        await LiveAsync(lasting, days: 20);
        await ScanAsync(lasting);
        await LiveAsync(lasting, days: 60);
        var read = await ReadAsync(lasting);
        await lasting.CloseAsync();
        await using var next = await TestTracker.StartAsync(policy: APolicy.With(document => document["quote_validity"] = "P5M"), after: lasting);

        Assert.Equal((1, 1), (read, await ReadAsync(next)));
    }

    private static async Task LiveAsync(TestTracker tracker, int days)
    {
        for (var day = 0; day < days; day++)
        {
            tracker.Time.Advance(TimeSpan.FromDays(1));
            await tracker.Archive.RenewAsync(CancellationToken.None);
        }
    }

    private static async Task ScanAsync(TestTracker tracker)
    {
        var now = tracker.Time.GetUtcNow();
        await tracker.RecordAsync(An.Receipt("joined", AClaim.Card, now) with { Type = "loyalty.joined", Content = new() });
        await tracker.RecordAsync(An.Receipt("scan", AClaim.Card, now) with { Type = "loyalty.scanned", Purposes = [Purpose.LoyaltyProgramme], Content = new() { Store = new() { StoreId = "7" } } });
    }

    private static async Task<int> ReadAsync(TestTracker tracker) =>
        (await tracker.TimelineAsync(AClaim.Card, Purpose.LoyaltyProgramme)).Items.Count(item => item.Record.Type == "loyalty.scanned");
}
