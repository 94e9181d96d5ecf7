using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

public sealed class SpecialContentTests
{
    [Fact]
    [Trait("Compliance", "R-046")]
    [Trait("Compliance", "E35")]
    public void A_pharmacy_item_is_no_item_of_the_profile()
    {
        var decision = ACase.Decide(ACase.Basket("shirt", "insulin") with { Purposes = [Purpose.Profiling] }, ACase.Consent(Purpose.Profiling));

        Assert.Equal(["shirt"], decision.Ordinary.Commerce!.Lines!.Select(line => line.ProductId));
        Assert.False(Assert.Single(decision.Records).HoldsSpecial);
        Assert.Equal(["commerce.lines[1]"], decision.StrippedParts);
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public void It_is_an_item_of_the_invoice_by_a_condition_of_the_policy()
    {
        var decision = ACase.Decide(ACase.Basket("shirt", "insulin") with { Purposes = [Purpose.AccountingTax, Purpose.Profiling] }, ACase.Consent(Purpose.Profiling));

        Assert.True(decision.Records.Single(record => record.Class == RetentionClass.Fiscal).HoldsSpecial);
        Assert.False(decision.Records.Single(record => record.Class == RetentionClass.Profiling).HoldsSpecial);
        Assert.Empty(decision.StrippedParts);
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public void With_explicit_consent_the_profile_has_it()
    {
        var decision = ACase.Decide(ACase.Basket("insulin") with { Purposes = [Purpose.Profiling] }, ACase.Consent(Purpose.Profiling, isExplicit: true));

        Assert.True(Assert.Single(decision.Records).HoldsSpecial);
        Assert.Empty(decision.StrippedParts);
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public void A_class_that_a_purpose_without_condition_shares_does_not_hold_it()
    {
        var decision = ACase.Decide(
            ACase.Basket("shirt", "insulin") with { Purposes = [Purpose.Profiling, Purpose.Analytics] },
            ACase.Consent(Purpose.Profiling, isExplicit: true),
            ACase.Consent(Purpose.Analytics));

        Assert.False(Assert.Single(decision.Records).HoldsSpecial);
        Assert.Equal(["commerce.lines[1]"], decision.StrippedParts);
    }

    [Fact]
    [Trait("Compliance", "E35")]
    public void The_page_of_such_a_product_tells_the_same_and_goes_with_it()
    {
        var view = An.PageView(by: An.Ada, purposes: Purpose.Profiling) with
        {
            Type = "product.viewed",
            Content = new()
            {
                Commerce = new() { Lines = [new() { ProductId = "insulin" }] },
                Online = new() { PageUrl = "https://shop.example/insulin", PageTitle = "Insulin", UserAgent = "browser" },
            },
        };

        var kept = Assert.Single(ACase.Decide(view, ACase.Consent(Purpose.Profiling)).Records).Fields;

        Assert.Equal([ContentField.OnlineUserAgent], kept.Members());
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    [Trait("Compliance", "E36")]
    public void An_inferred_illness_needs_explicit_consent()
    {
        var segment = Score() with { Content = new() { Inferences = [new() { Name = "segment", Text = "diabetic", SpecialCategory = SpecialCategory.Health, ComputedAt = TestTracker.Noon }] } };

        Assert.Equal([new(Purpose.Profiling, Reason.Art9Condition)], ACase.Decide(segment, ACase.Consent(Purpose.Profiling)).Denials);
        Assert.True(ACase.Decide(segment, ACase.Consent(Purpose.Profiling, isExplicit: true)).IsPermitted);
    }

    [Fact]
    [Trait("Compliance", "R-047")]
    public void What_tells_of_an_offence_is_kept_for_nothing()
    {
        var decision = ACase.Decide(ACase.Basket("shirt", "radar-jammer"));

        Assert.Equal([new(Purpose.OrderFulfilment, Reason.Art10Forbidden), new(Purpose.AccountingTax, Reason.Art10Forbidden)], decision.Denials);
        Assert.False(decision.IsPermitted);
    }

    [Fact]
    [Trait("Compliance", "R-002")]
    public void A_score_is_kept_for_no_purpose_but_profiling()
    {
        var churn = Score() with { Type = "login.succeeded", Purposes = [Purpose.ServiceDelivery] };

        Assert.Equal([new(Purpose.ServiceDelivery, Reason.PurposeCategoryMismatch)], ACase.Decide(churn).Denials);
        Assert.Equal(["IT-PRO-2"], ACase.Decide(Score(), ACase.Consent(Purpose.Profiling)).Grants.Select(grant => grant.RuleId));
    }

    [Fact]
    public void A_score_is_as_old_as_its_computation()
    {
        var computedAt = TestTracker.Noon.AddMonths(-2);
        var old = Score() with { Content = new() { Inferences = [new() { Name = "churn", Number = 0.8, ComputedAt = computedAt }] } };

        Assert.Equal(computedAt.AddMonths(12), Assert.Single(ACase.Decide(old, ACase.Consent(Purpose.Profiling)).Grants).Until);
    }

    [Fact]
    public void Each_rule_of_what_is_kept_has_a_grant_with_an_end_of_its_own()
    {
        var mixed = Score() with
        {
            Content = new()
            {
                Online = new() { PageUrl = "https://shop.example/" },
                Inferences = [new() { Name = "churn", Number = 0.8, ComputedAt = TestTracker.Noon.AddMonths(-2) }],
            },
        };

        var grants = ACase.Decide(mixed, ACase.Consent(Purpose.Profiling)).Grants;

        Assert.Equal([("IT-PRO-1", TestTracker.Noon.AddMonths(12)), ("IT-PRO-2", TestTracker.Noon.AddMonths(10))], grants.Select(grant => (grant.RuleId, grant.Until)).Order());
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public async Task What_an_explicit_consent_to_marketing_lets_into_the_contact_is_not_read_for_the_service()
    {
        var policy = APolicy.With(document => document["fields"]!.AsArray().Single(field => (string?)field!["field"] == "preferences.sizes")!["special_category"] = true);
        await using var tracker = await TestTracker.StartAsync(policy: policy);
        await tracker.Notices.RegisterAsync(tracker.Caller, An.Notice(), CancellationToken.None);
        await tracker.RecordAsync(An.Receipt(by: An.Ada));
        await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada) with { IsExplicit = true }, CancellationToken.None);

        await tracker.RecordAsync(An.Newsletter("account") with
        {
            Type = "account.opened",
            Purposes = [Purpose.ServiceDelivery, Purpose.DirectMarketing],
            Content = new() { Contact = new() { GivenName = "Ada" }, Preferences = new() { Sizes = [new("trousers", "adaptive")] } },
        });

        Assert.NotNull((await tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Preferences?.Sizes);
        Assert.NotNull((await tracker.ProfileAsync(An.Ada, Purpose.ServiceDelivery)).Contact);
        Assert.Null((await tracker.ProfileAsync(An.Ada, Purpose.ServiceDelivery)).Preferences);
    }

    [Fact]
    public void Where_one_rule_is_for_all_a_score_that_was_computed_earlier_ends_all_of_it()
    {
        var policy = APolicy.With(document =>
        {
            var rules = document["rules"]!.AsArray();
            rules.Remove(rules.Single(rule => (string?)rule!["id"] == "IT-PRO-2"));
        });
        var mixed = Score() with
        {
            Content = new()
            {
                Online = new() { PageUrl = "https://shop.example/" },
                Inferences = [new() { Name = "churn", Number = 0.8, ComputedAt = TestTracker.Noon.AddMonths(-2) }],
            },
        };

        var grant = Assert.Single(ACase.Decide(policy, mixed, ACase.Consent(Purpose.Profiling)).Grants);

        Assert.Equal(("IT-PRO-1", TestTracker.Noon.AddMonths(10)), (grant.RuleId, grant.Until));
    }

    private static InteractionDraft Score() => An.PageView(by: An.Ada) with
    {
        Type = "score.computed",
        Content = new() { Inferences = [new() { Name = "churn", Number = 0.8, ComputedAt = TestTracker.Noon }] },
    };
}
