using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Tests.Ingestion;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

/// <summary>E20: what ends a record is reckoned by every rule in force since it happened, whenever it becomes known.</summary>
public sealed class LateEndsTests
{
    private static readonly Policy Long = APolicy.With(APolicy.Rule("IT-ORD-1", "CONTRACT_END", "P60M"));
    private static readonly Policy Fixed = APolicy.With(APolicy.Rule("IT-ORD-1", "EVENT_TIME", "P5Y"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E20")]
    public async Task An_order_under_a_shorter_rule_whose_end_is_told_later_ends_by_it_in_whatever_order_it_arrives(bool isInTime)
    {
        var before = await TestTracker.StartAsync();
        before.Time.Advance(TimeSpan.FromHours(1));
        if (isInTime)
        {
            await before.RecordAsync(An.Order("1", An.Ada, TestTracker.Noon.AddHours(1)));
        }

        before.Time.Advance(TimeSpan.FromDays(3));
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(policy: Long, after: before);
        if (!isInTime)
        {
            await tracker.RecordAsync(An.Order("1", An.Ada, TestTracker.Noon.AddHours(1)));
        }

        tracker.Time.Advance(TimeSpan.FromDays(3));
        var delivered = tracker.Time.GetUtcNow();
        await DeliverAsync(tracker);

        Assert.Equal(delivered.AddMonths(26), await EndOfOrderAsync(tracker));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E20")]
    public async Task An_order_that_was_kept_under_a_shorter_rule_in_between_ends_by_it_when_its_end_is_told(bool isInTime)
    {
        var first = await TestTracker.StartAsync(policy: Long);
        first.Time.Advance(TimeSpan.FromHours(1));
        await first.RecordAsync(An.Order("1", An.Ada, TestTracker.Noon.AddHours(1)));
        first.Time.Advance(TimeSpan.FromDays(3));
        await first.CloseAsync();
        var second = await TestTracker.StartAsync(after: first);
        await second.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        await second.Reviews.ReviewAsync(fence: null, CancellationToken.None);
        second.Time.Advance(TimeSpan.FromDays(3));
        if (isInTime)
        {
            await DeliverAsync(second);
        }

        var delivered = second.Time.GetUtcNow();
        await second.CloseAsync();
        await using var third = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Rule("IT-ORD-1", "CONTRACT_END", "P61M")), after: second);
        if (!isInTime)
        {
            await DeliverAsync(third, delivered);
        }

        await third.ReviewAsync(An.Ada);
        Assert.Equal(delivered.AddMonths(26), await EndOfOrderAsync(third));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E20")]
    public async Task A_claim_after_a_policy_in_between_still_ends_by_the_rule_of_the_sale_when_its_end_is_told(bool isClaimed)
    {
        var first = await TestTracker.StartAsync();
        first.Time.Advance(TimeSpan.FromHours(1));
        var sale = AClaim.Sale(at: TestTracker.Noon.AddHours(1)) with { Type = "order.placed", Content = An.Order("1").Content };
        await first.RecordAsync(sale with { Identifiers = isClaimed ? [AClaim.Number] : [AClaim.Card, AClaim.Number], Purposes = isClaimed ? [Purpose.AccountingTax] : [Purpose.OrderFulfilment] });
        first.Time.Advance(TimeSpan.FromDays(3));
        await first.CloseAsync();
        var second = await TestTracker.StartAsync(policy: Fixed, after: first);
        second.Time.Advance(TimeSpan.FromDays(3));
        await second.CloseAsync();
        await using var third = await TestTracker.StartAsync(policy: Long, after: second);
        if (isClaimed)
        {
            await third.ClaimAsync();
        }

        third.Time.Advance(TimeSpan.FromDays(3));
        var delivered = third.Time.GetUtcNow();
        await third.RecordAsync(An.Order("1") with { MessageId = "delivered", Type = "order.delivered", OccurredAt = delivered, Identifiers = [AClaim.Card] });
        await third.ReviewAsync(AClaim.Card);

        Assert.Equal(delivered.AddMonths(26), await EndOfOrderAsync(third, AClaim.Card));
    }

    private static async Task DeliverAsync(TestTracker tracker, DateTimeOffset? at = null)
    {
        await tracker.RecordAsync(An.Order("1", An.Ada, at ?? tracker.Time.GetUtcNow()) with { MessageId = "delivered", Type = "order.delivered" });
        await tracker.ReviewAsync(An.Ada);
    }

    private static async Task<DateTimeOffset?> EndOfOrderAsync(TestTracker tracker, Identifier? by = null) =>
        (await tracker.RecordsAsync(by ?? An.Ada)).Where(record => record.Type == "order.placed").SelectMany(record => record.Grants).Single(grant => grant.Purpose == Purpose.OrderFulfilment).Until;
}
