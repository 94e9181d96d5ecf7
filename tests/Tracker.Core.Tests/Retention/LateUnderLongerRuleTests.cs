using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Tests.Ingestion;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

/// <summary>E20: a rule that became longer keeps data collected before it no longer, whether they arrived before it or after it.</summary>
public sealed class LateUnderLongerRuleTests
{
    private static readonly Policy Short = APolicy.With(APolicy.Rule("IT-LOY-1", "EVENT_TIME", "P6M"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E20")]
    public async Task What_happened_under_the_shorter_rule_ends_by_it_in_whatever_order_it_arrives(bool isInTime)
    {
        var before = await TestTracker.StartAsync(policy: Short);
        await before.RecordAsync(An.Receipt("joined", AClaim.Card) with { Type = "loyalty.joined", Content = new() });
        before.Time.Advance(TimeSpan.FromHours(1));
        if (isInTime)
        {
            await ScanAsync(before);
        }

        before.Time.Advance(TimeSpan.FromDays(3));
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(after: before);
        if (!isInTime)
        {
            await ScanAsync(tracker);
        }

        await tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        await tracker.Reviews.ReviewAsync(fence: null, CancellationToken.None);
        var scan = (await tracker.RecordsAsync(AClaim.Card)).Single(record => record.Type == "loyalty.scanned");

        Assert.Equal(new DateTimeOffset(2027, 5, 23, 12, 0, 0, TimeSpan.Zero), scan.ExpireAt);
    }

    private static async Task ScanAsync(TestTracker tracker) => Assert.NotEqual(Outcome.Denied, (await tracker.RecordAsync(
        An.Receipt("scan", AClaim.Card, TestTracker.Noon.AddHours(1)) with { Type = "loyalty.scanned", Purposes = [Purpose.LoyaltyProgramme], Content = new() { Store = new() { StoreId = "7" } } })).Outcome);
}
