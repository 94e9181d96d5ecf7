using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Tests.Policies.Gates;

public sealed class SpecialCategoryTests
{
    private static readonly SpecialCategorySet Health = default(SpecialCategorySet).With(SpecialCategory.Health);

    [Fact]
    [Trait("Compliance", "R-046")]
    [Trait("Compliance", "E36")]
    public void An_inference_of_art_9_needs_explicit_consent()
    {
        var plain = Ask.Consent(Purpose.Profiling);

        Assert.Equal(Reason.Art9Condition, Segment(plain).Why(Purpose.Profiling));
        Assert.Equal(Reason.Art9Condition, Segment().Why(Purpose.Profiling));
        Assert.Equal(SpecialCategorySet.OfArticle9, Segment(plain with { IsExplicit = true }).For(Purpose.Profiling).MaySee);
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public void Plain_consent_carries_what_is_ordinary_and_may_not_see_the_rest()
    {
        var question = Ask.About(Ask.Customer, Ask.Consent(Purpose.Profiling)) with { Special = Health };

        Assert.True(question.For(Purpose.Profiling).MaySee.IsEmpty);
        Assert.True(question.For(Purpose.Profiling).IsPermitted);
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public void A_condition_that_the_policy_records_is_enough()
    {
        var question = Ask.About(Ask.Customer).Of("purchase.completed") with { Special = Health, IsSpecialOnly = true };

        Assert.True(question.For(Purpose.AccountingTax).MaySee.Contains(Health));
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public void A_condition_is_enough_for_its_categories_and_for_no_other()
    {
        var order = Ask.About(Ask.Customer).Of("order.placed") with { Contract = new("order:1", IsOfAnother: false), IsSpecialOnly = true };

        Assert.Equal(Health, (order with { Special = Health }).For(Purpose.OrderFulfilment).MaySee);
        Assert.Equal(Reason.Art9Condition, (order with { Special = default(SpecialCategorySet).With(SpecialCategory.Religion) }).Why(Purpose.OrderFulfilment));
        Assert.Equal(Reason.Art9Condition, (order with { Special = default(SpecialCategorySet).With(SpecialCategory.SexLife) }).Why(Purpose.OrderFulfilment));
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public void The_explicit_consent_alone_is_the_proof_of_what_is_special()
    {
        var (plain, open) = (Ask.Consent(Purpose.Profiling) with { Until = Ask.Now.AddYears(1) }, Ask.Consent(Purpose.Profiling) with { IsExplicit = true });

        var verdict = (Ask.About(Ask.Customer, plain, open) with { Special = Health }).For(Purpose.Profiling);

        Assert.Equal([$"{open.Id}"], verdict.EvidenceIds);
        Assert.Equal(open.Until, verdict.ConsentUntil);
        Assert.Equal(2, Ask.About(Ask.Customer, plain, open).For(Purpose.Profiling).EvidenceIds.Count);
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public void An_explicit_consent_shows_nothing_to_a_contract_beside_it_and_all_where_it_is_the_basis()
    {
        var user = Ask.Lead with { AccountShownAt = Ask.Now.AddDays(-9) };
        var question = Ask.About(user, Ask.Consent(Purpose.ServiceDelivery) with { IsExplicit = true }).Of("login.succeeded") with { Special = Health };
        var standard = PolicyRegister.LoadShipped("it-standard");

        var (first, asked) = (question.For(Purpose.ServiceDelivery, standard), question.On(LegalBasis.Consent).For(Purpose.ServiceDelivery, standard));

        Assert.Equal((LegalBasis.Contract, default), (first.Basis, first.MaySee));
        Assert.Equal((LegalBasis.Consent, SpecialCategorySet.OfArticle9), (asked.Basis, asked.MaySee));
    }

    [Fact]
    [Trait("Compliance", "R-047")]
    public void Offences_are_refused_whatever_the_basis() => Assert.All(
        Enum.GetValues<Purpose>().Skip(1),
        purpose => Assert.Equal(
            Reason.Art10Forbidden,
            (Ask.About(Ask.Customer, Ask.Consent(purpose) with { IsExplicit = true }) with { IsCriminal = true }).Why(purpose)));

    [Fact]
    [Trait("Compliance", "R-002")]
    public void A_score_is_profiling_whatever_the_caller_calls_it()
    {
        var question = Ask.About(Ask.Customer, Ask.Consent(Purpose.Profiling)) with { IsDerivedOnly = true };

        Assert.Equal(Reason.PurposeCategoryMismatch, question.Of("login.succeeded").Why(Purpose.ServiceDelivery));
        Assert.Equal(Reason.PurposeCategoryMismatch, question.Of("score.computed").Why(Purpose.Analytics));
        Assert.Equal(Reason.None, question.Of("score.computed").Why(Purpose.Profiling));
    }

    private static GateQuestion Segment(params Core.Policies.History.ConsentSpan[] consents) =>
        Ask.About(Ask.Customer, consents).Of("score.computed") with { Special = Health, IsSpecialOnly = true, IsDerivedOnly = true };
}
