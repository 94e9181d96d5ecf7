using System.Text.Json.Nodes;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

/// <summary>A sale that was stored under one policy and is claimed under another ends as the same sale would whose buyer was known at once (E19, E20).</summary>
[Trait("Compliance", "E20")]
public sealed class ClaimUnderLaterPolicyTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_claim_under_a_longer_rule_keeps_no_longer_than_the_rule_of_the_sale(bool isClaimed)
    {
        await using var tracker = await SoldAsync(
            then: APolicy.With(APolicy.Rule("IT-SAF-1", "EVENT_TIME", "P5Y")),
            now: APolicy.Shipped,
            AClaim.Sale() with { Identifiers = isClaimed ? [AClaim.Number] : [AClaim.Card, AClaim.Number], Purposes = [Purpose.AccountingTax, Purpose.ProductSafety] });

        if (isClaimed)
        {
            await tracker.ClaimAsync();
        }

        await tracker.ReviewAsync(AClaim.Card);
        Assert.Equal(TestTracker.Noon.AddYears(5), (await GrantAsync(tracker, Purpose.ProductSafety)).Until);
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task The_end_of_a_claimed_right_names_the_policy_it_is_from()
    {
        var then = APolicy.With(APolicy.Rule("IT-SAF-1", "EVENT_TIME", "P5Y"));
        await using var tracker = await SoldAsync(then, APolicy.Shipped, AClaim.Sale() with { Purposes = [Purpose.AccountingTax, Purpose.ProductSafety] });

        var outcome = await tracker.ClaimAsync();

        Assert.Equal([("", Purpose.AccountingTax), (then.Name, Purpose.ProductSafety)], outcome.Grants.Where(grant => grant.Purpose != Purpose.OrderFulfilment).Select(grant => (grant.EndPolicy, grant.Purpose)));
    }

    [Fact]
    [Trait("Compliance", "E19")]
    public async Task A_claim_under_a_shorter_rule_keeps_no_longer_than_that()
    {
        await using var tracker = await SoldAsync(
            APolicy.Shipped,
            APolicy.With(APolicy.Rule("IT-SAF-1", "EVENT_TIME", "P5Y")),
            AClaim.Sale() with { Purposes = [Purpose.AccountingTax, Purpose.ProductSafety] });

        await tracker.ClaimAsync();

        Assert.Equal(TestTracker.Noon.AddYears(5), (await GrantAsync(tracker, Purpose.ProductSafety)).Until);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_purpose_that_the_claim_adds_ends_by_the_rule_of_the_sale_also_where_its_end_is_told_later(bool isClaimed)
    {
        var then = APolicy.Shipped;
        var order = AClaim.Sale() with { Type = "order.placed", Content = An.Order("1").Content, Identifiers = isClaimed ? [AClaim.Number] : [AClaim.Card, AClaim.Number] };
        await using var tracker = await SoldAsync(then, APolicy.With(APolicy.Rule("IT-ORD-1", "CONTRACT_END", "P60M")), order with { Purposes = isClaimed ? [Purpose.AccountingTax] : [Purpose.OrderFulfilment] });
        if (isClaimed)
        {
            await tracker.ClaimAsync();
        }

        tracker.Time.SetUtcNow(TestTracker.Noon.AddDays(2));
        await tracker.RecordAsync(An.Order("1") with { MessageId = "delivered", Type = "order.delivered", OccurredAt = tracker.Time.GetUtcNow(), Identifiers = [AClaim.Card] });
        await tracker.ReviewAsync(AClaim.Card);

        var grant = await GrantAsync(tracker, Purpose.OrderFulfilment);
        Assert.Equal((TestTracker.Noon.AddDays(2).AddMonths(26), isClaimed ? then.Name : ""), (grant.Until, grant.EndPolicy));
    }

    [Fact]
    public async Task A_claim_is_not_kept_for_what_had_no_rule_when_the_sale_was_stored()
    {
        await using var tracker = await SoldAsync(APolicy.With(WithoutOrders), APolicy.Shipped, AClaim.Sale());

        var outcome = await tracker.ClaimAsync();

        Assert.Equal([Purpose.AccountingTax], outcome.Grants.Select(grant => grant.Purpose));
        Assert.Equal([new PurposeDenial(Purpose.OrderFulfilment, Reason.RetentionAlreadyElapsed)], outcome.Denials);
    }

    /// <summary>No contract carries an order.</summary>
    private static void WithoutOrders(JsonObject policy)
    {
        var rules = policy["rules"]!.AsArray();
        rules.Remove(rules.Single(rule => (string?)rule!["id"] == "IT-ORD-1"));
        var orders = policy["purposes"]!.AsArray().Single(purpose => (string?)purpose!["purpose"] == "ORDER_FULFILMENT")!;
        foreach (var cell in orders["matrix"]!.AsArray().SelectMany(row => row!["cells"]!.AsObject()).Select(cell => cell.Value!.AsArray()))
        {
            cell.Where(basis => (string?)basis == "CONTRACT").ToList().ForEach(basis => cell.Remove(basis));
        }
    }

    /// <summary>Sold under one policy; then another is in force.</summary>
    private static async Task<TestTracker> SoldAsync(Policy then, Policy now, InteractionDraft sale)
    {
        var before = await TestTracker.StartAsync(policy: then);
        await before.Notices.RegisterAsync(before.Caller, An.Notice(), CancellationToken.None);
        await before.RecordAsync(sale);
        before.Time.Advance(TimeSpan.FromMinutes(1));
        await before.CloseAsync();
        return await TestTracker.StartAsync(policy: now, after: before);
    }

    private static async Task<Grant> GrantAsync(TestTracker tracker, Purpose purpose) =>
        (await tracker.RecordsAsync(AClaim.Card)).Where(record => record.OccurredAt == TestTracker.Noon).SelectMany(record => record.Grants).Single(grant => grant.Purpose == purpose);
}
