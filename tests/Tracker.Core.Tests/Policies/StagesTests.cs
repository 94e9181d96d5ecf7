using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Tests.Policies;

public sealed class StagesTests
{
    private static readonly Policy Strict = PolicyRegister.LoadShipped(PolicyRegister.DefaultProfile);
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Nobody_known_is_a_visitor() => Assert.Equal(Stage.Visitor, At(Facts.None));

    [Fact]
    public void An_identified_person_is_a_lead() => Assert.Equal(Stage.Lead, At(new() { IdentifiedAt = Noon }));

    [Fact]
    public void A_request_for_a_quote_makes_a_prospect_for_half_a_year()
    {
        var facts = Stages.Establish(FactKind.QuoteRequested, Noon, isIdentified: true);

        Assert.Equal(Stage.Prospect, At(facts));
        Assert.Equal(Stage.Lead, Stages.At(facts, null, Strict, Noon.AddMonths(6)));
    }

    [Fact]
    [Trait("Compliance", "R-028")]
    public void A_purchase_makes_a_customer_for_two_years_and_a_former_one_after()
    {
        var facts = Stages.Establish(FactKind.Purchase, Noon, isIdentified: true);

        Assert.Equal(Stage.Customer, At(facts));
        Assert.Equal(Stage.Former, Stages.At(facts, null, Strict, Noon.AddMonths(24)));
    }

    [Fact]
    [Trait("Compliance", "R-028")]
    public void A_free_account_without_a_purchase_is_a_lead() =>
        Assert.Equal(Stage.Lead, At(Stages.Establish(FactKind.AccountOpened, Noon, isIdentified: true)));

    [Fact]
    public void An_open_account_keeps_someone_who_has_bought_a_customer()
    {
        var facts = Stages.Establish(FactKind.Purchase, Noon, isIdentified: true).Merge(Stages.Establish(FactKind.AccountOpened, Noon, isIdentified: true));

        Assert.Equal(Stage.Customer, Stages.At(facts, Noon.AddYears(4), Strict, Noon.AddYears(5)));
    }

    [Fact]
    [Trait("Compliance", "R-028")]
    public void An_account_that_nobody_has_used_for_two_years_makes_no_customer_until_it_is_used_again()
    {
        var facts = Stages.Establish(FactKind.Purchase, Noon, isIdentified: true).Merge(Stages.Establish(FactKind.AccountOpened, Noon, isIdentified: true));
        var used = Noon.AddYears(3);

        Assert.Equal(Stage.Customer, Stages.At(facts, used, Strict, used.AddMonths(24).AddMilliseconds(-1)));
        Assert.Equal(Stage.Former, Stages.At(facts, used, Strict, used.AddMonths(24)));
        Assert.Equal(Stage.Customer, Stages.At(facts, used.AddMonths(25), Strict, used.AddMonths(25)));
    }

    [Fact]
    public void A_return_alone_proves_a_sale_that_is_over() =>
        Assert.Equal(Stage.Former, At(Stages.Establish(FactKind.PurchaseEnded, Noon, isIdentified: true)));

    [Fact]
    public void A_contract_in_force_makes_a_customer_until_it_ends()
    {
        var started = Stages.Establish(FactKind.ContractStarted, Noon, isIdentified: true);
        var ended = started.Merge(Stages.Establish(FactKind.ContractEnded, Noon.AddDays(3), isIdentified: true));

        Assert.Equal(Stage.Customer, Stages.At(started, null, Strict, Noon.AddYears(9)));
        Assert.Equal(Stage.Former, Stages.At(ended, null, Strict, Noon.AddDays(4)));
    }

    [Theory]
    [InlineData(FactKind.LoyaltyJoined)]
    [InlineData(FactKind.LoyaltyCardShown)]
    public void A_membership_makes_a_customer_until_the_person_leaves(FactKind fact)
    {
        var member = Stages.Establish(fact, Noon, isIdentified: true);
        var left = Stages.Establish(FactKind.LoyaltyLeft, Noon.AddDays(3), isIdentified: true);

        Assert.Equal(Stage.Customer, At(member));
        Assert.Equal(Stage.Former, Stages.At(member.Merge(left), null, Strict, Noon.AddDays(4)));
        Assert.Equal(Stage.Former, Stages.At(left.Merge(member), null, Strict, Noon.AddDays(4)));
    }

    [Fact]
    public void A_card_that_is_shown_after_leaving_makes_no_member_and_joining_again_does()
    {
        var left = Stages.Establish(FactKind.LoyaltyJoined, Noon, isIdentified: true).Merge(Stages.Establish(FactKind.LoyaltyLeft, Noon.AddDays(1), isIdentified: true));
        var shown = Stages.Establish(FactKind.LoyaltyCardShown, Noon.AddDays(2), isIdentified: true).Merge(left);

        Assert.False(Stages.IsMember(shown, Noon.AddDays(3)));
        Assert.True(Stages.IsMember(shown.Merge(Stages.Establish(FactKind.LoyaltyJoined, Noon.AddDays(3), isIdentified: true)), Noon.AddDays(3)));
    }

    [Fact]
    public void A_card_that_was_shown_first_counts_from_then_whatever_comes_first()
    {
        var first = Stages.Establish(FactKind.LoyaltyCardShown, Noon, isIdentified: true);
        var later = Stages.Establish(FactKind.LoyaltyCardShown, Noon.AddDays(5), isIdentified: true);

        Assert.Equal(first.Merge(later), later.Merge(first));
        Assert.True(Stages.IsMember(later.Merge(first), Noon.AddDays(1)));
    }

    [Fact]
    public void A_sign_in_makes_nobody_a_customer_for_longer()
    {
        var facts = Stages.Establish(FactKind.Purchase, Noon, isIdentified: true).Merge(Stages.Establish(FactKind.AccountUsed, Noon, isIdentified: true));

        Assert.Equal(Stage.Former, Stages.At(facts, null, Strict, Noon.AddYears(5)));
    }

    [Fact]
    public void Merging_facts_does_not_depend_on_their_order()
    {
        var first = Stages.Establish(FactKind.Purchase, Noon.AddDays(-9), isIdentified: true);
        var last = Stages.Establish(FactKind.Purchase, Noon, isIdentified: true);

        Assert.Equal(first.Merge(last), last.Merge(first));
        Assert.Equal(Noon.AddDays(-9), last.Merge(first).FirstPurchaseAt);
    }

    [Fact]
    [Trait("Compliance", "R-028")]
    public void A_purchase_after_a_gap_makes_nobody_a_customer_in_it()
    {
        var facts = Bought(0, 40);

        Assert.Equal(Stage.Former, Stages.At(facts, null, Strict, Noon.AddMonths(39)));
        Assert.Equal(Stage.Customer, Stages.At(facts, null, Strict, Noon.AddMonths(40)));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(23)]
    [Trait("Compliance", "R-028")]
    public void Who_buys_regularly_was_a_customer_all_the_time(int months)
    {
        var facts = Bought([.. Enumerable.Range(0, 14).Select(i => i * months)]);

        Assert.Equal(Stage.Customer, Stages.At(facts, null, Strict, Noon.AddMonths(13 * months).AddDays(-1)));
        Assert.Equal(Stage.Customer, Stages.At(facts, null, Strict, Noon.AddDays(1)));
    }

    [Theory]
    [InlineData(0, 20, 40)]
    [InlineData(40, 20, 0)]
    [InlineData(20, 0, 40)]
    [InlineData(0, 40, 20)]
    [InlineData(40, 0, 20)]
    [Trait("Compliance", "R-028")]
    public void Another_order_of_purchases_makes_nobody_a_customer_for_longer(params int[] months)
    {
        var facts = Bought(months);

        Assert.Equal(Stage.Customer, Stages.At(facts, null, Strict, Noon.AddMonths(39)));
        Assert.InRange(facts.PurchasingSince!.Value, Noon, Noon.AddMonths(20));
    }

    [Fact]
    public void Runs_of_purchases_that_were_read_apart_are_one_where_they_touch()
    {
        var (older, newer) = (Bought(0, 20), Bought(20, 40));

        Assert.Equal(Noon, older.Merge(newer).PurchasingSince);
        Assert.Equal(older.Merge(newer), newer.Merge(older));
        Assert.Equal(Noon.AddMonths(60), older.Merge(Bought(60)).PurchasingSince);
    }

    private static Facts Bought(params int[] months) =>
        months.Aggregate(Facts.None, (facts, month) => Stages.Merge(facts, Stages.Establish(FactKind.Purchase, Noon.AddMonths(month), isIdentified: true), Strict));

    private static Stage At(Facts facts) => Stages.At(facts, null, Strict, Noon);
}
