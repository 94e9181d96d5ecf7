using CsCheck;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Policies;

public sealed class StageHistoryTests
{
    private static readonly DateTimeOffset Now = TestTracker.Noon;

    private static readonly Gen<DateTimeOffset?> AnInstant = Gen.Int[-2_000, 0].Select(day => Now.AddDays(day)).Nullable();

    [Fact]
    public void Visitor_who_leaves_a_name_asks_for_a_quote_and_buys_comes_through_every_stage_by_the_fact_that_moved_it()
    {
        var facts = new Facts { IdentifiedAt = Now.AddDays(-9), QuoteRequestedAt = Now.AddDays(-8), FirstPurchaseAt = Now.AddDays(-7), LastPurchaseAt = Now.AddDays(-7) };

        Assert.Equal(
            [
                new StageChange(Stage.Visitor, Now.AddDays(-10), null),
                new(Stage.Lead, Now.AddDays(-9), null),
                new(Stage.Prospect, Now.AddDays(-8), FactKind.QuoteRequested),
                new(Stage.Customer, Now.AddDays(-7), FactKind.Purchase),
            ],
            Of(facts, Now.AddDays(-10)));
    }

    [Fact]
    public void Customer_who_buys_no_more_is_a_former_one_when_the_window_has_passed()
    {
        var bought = Now.AddMonths(-30);
        var history = Of(new() { IdentifiedAt = bought, FirstPurchaseAt = bought, LastPurchaseAt = bought }, bought);

        Assert.Equal([Stage.Customer, Stage.Former], history.Select(change => change.Stage));
        Assert.Equal((APolicy.Shipped.Add(bought, APolicy.Shipped.ActivityWindow), null), (history[1].At, history[1].Fact));
    }

    [Fact]
    public void Whoever_comes_back_is_a_customer_since_the_latest_run_of_purchases()
    {
        var (first, last) = (Now.AddMonths(-40), Now.AddMonths(-1));
        var history = Of(new() { IdentifiedAt = first, FirstPurchaseAt = first, LastPurchaseAt = last, PurchasingSince = last }, first);

        Assert.Equal((Stage.Customer, last, FactKind.Purchase), history[^1] is var change ? (change.Stage, change.At, change.Fact) : default);
    }

    /// <summary>Whatever is known, the last change says the stage of now, none repeats the one before, and none is in the future.</summary>
    [Fact]
    public void History_ends_with_the_stage_of_now() => Gen.Select(AnInstant, AnInstant, AnInstant, AnInstant, AnInstant, AnInstant, AnInstant).Sample((identified, quote, first, bought, opened, closed, act) =>
    {
        var facts = new Facts { IdentifiedAt = identified, QuoteRequestedAt = quote, FirstPurchaseAt = first, LastPurchaseAt = bought < first ? first : bought ?? first, AccountOpenedAt = opened, AccountClosedAt = closed };
        var seen = new[] { identified, quote, first, opened, closed, act, Now }.OfType<DateTimeOffset>().Min();

        var history = StageHistory.Of(facts, seen, act, APolicy.Shipped, Now);

        Assert.Equal(Stages.At(facts, act, APolicy.Shipped, Now), history[^1].Stage);
        Assert.All(history.Zip(history.Skip(1)), pair => Assert.True(pair.First.Stage != pair.Second.Stage && pair.First.At < pair.Second.At));
        Assert.True(history[^1].At <= Now);
    });

    private static IReadOnlyList<StageChange> Of(Facts facts, DateTimeOffset firstSeenAt) => StageHistory.Of(facts, firstSeenAt, facts.LastPurchaseAt, APolicy.Shipped, Now);
}
