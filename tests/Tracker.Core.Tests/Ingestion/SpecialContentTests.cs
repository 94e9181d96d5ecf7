using System.Text.Json.Nodes;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Tests.Policies;
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

        Assert.Equal(["shirt"], Lines(decision, RetentionClass.Profiling));
        Assert.Equal(["commerce.lines[1]"], decision.StrippedParts);
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public void It_is_an_item_of_the_invoice_by_a_condition_of_the_policy()
    {
        var decision = ACase.Decide(ACase.Basket("shirt", "insulin") with { Purposes = [Purpose.AccountingTax, Purpose.Profiling] }, ACase.Consent(Purpose.Profiling));

        Assert.Equal(["shirt", "insulin"], Lines(decision, RetentionClass.Fiscal));
        Assert.Equal(["shirt"], Lines(decision, RetentionClass.Profiling));
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public void What_one_purpose_may_not_see_of_it_is_named_where_another_has_it()
    {
        var decision = ACase.Decide(ACase.Basket("shirt", "insulin") with { Purposes = [Purpose.AccountingTax, Purpose.Profiling] }, ACase.Consent(Purpose.Profiling));

        Assert.Equal(["commerce.lines[1]"], decision.StrippedParts);
        Assert.Equal([ContentField.CommerceTotal], decision.Stripped.Members());
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    [Trait("Compliance", "R-009")]
    public void What_the_lines_that_are_left_do_not_add_up_to_goes_with_the_line()
    {
        var basket = ACase.Basket("shirt", "insulin");
        var sums = basket.Content.Commerce! with { TaxTotal = new("EUR", 4m), DiscountTotal = new("EUR", 1m), ShippingTotal = new("EUR", 5m) };
        var decision = ACase.Decide(basket with { Purposes = [Purpose.Profiling], Content = new() { Commerce = sums } }, ACase.Consent(Purpose.Profiling));

        Assert.Equal([ContentField.CommerceOrderId, ContentField.CommerceLines, ContentField.CommerceShippingTotal], Assert.Single(decision.Records).Fields.Members());
        Assert.Equal([ContentField.CommerceTotal, ContentField.CommerceTaxTotal, ContentField.CommerceDiscountTotal], decision.Stripped.Members());
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    [Trait("Compliance", "R-024")]
    public void A_duty_by_law_keeps_the_sums_that_it_asks_for_also_where_no_condition_shows_the_line()
    {
        var policy = APolicy.With(document => document["special_categories"]!.AsArray().Remove(Condition(document, "ACCOUNTING_TAX")));

        var decision = ACase.Decide(policy, ACase.Basket("shirt", "insulin") with { Purposes = [Purpose.AccountingTax] });

        Assert.Equal(["shirt"], Lines(decision, RetentionClass.Fiscal));
        Assert.NotNull(Assert.Single(decision.Records).Content.Commerce!.Total);
        Assert.Equal(["commerce.lines[1]"], decision.StrippedParts);
        Assert.DoesNotContain(ContentField.CommerceTotal, decision.Stripped.Members());
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public async Task The_sender_is_told_what_is_withheld_and_a_reader_gets_no_sum_that_tells_of_it()
    {
        await using var tracker = await TestTracker.StartAsync();
        await tracker.Notices.RegisterAsync(tracker.Caller, An.Notice(), CancellationToken.None);
        await tracker.Products.UpsertAsync(tracker.Caller, [An.ProductEntry("insulin") with { SpecialCategory = SpecialCategory.Health }], CancellationToken.None);
        await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.Profiling, An.Ada), CancellationToken.None);

        var outcome = await tracker.RecordAsync(ACase.Basket("shirt", "insulin") with { Purposes = [Purpose.AccountingTax, Purpose.Profiling] });

        Assert.Equal((Outcome.AcceptedStripped, "content.commerce.total content.commerce.lines[1]"), (outcome.Outcome, string.Join(' ', outcome.StrippedFields)));
        Assert.Null(Assert.Single((await tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items).Content.Commerce!.Total);
        Assert.NotNull(Assert.Single((await tracker.TimelineAsync(An.Ada, Purpose.AccountingTax)).Items).Content.Commerce!.Total);
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public void A_condition_for_health_carries_no_item_of_faith()
    {
        var decision = ACase.Decide(ACase.Basket("insulin", "rosary") with { Purposes = [Purpose.OrderFulfilment] });

        Assert.Equal(["insulin"], Lines(decision, RetentionClass.Order));
        Assert.Equal(["commerce.lines[1]"], decision.StrippedParts);
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public void An_order_of_faith_is_kept_whole_on_an_explicit_consent_that_an_overlay_admits()
    {
        var overlay = Documents.Lay("""
            "purposes": [{ "purpose": "ORDER_FULFILMENT", "matrix": [{ "cells": { "CUSTOMER": ["CONTRACT", "CONSENT"] } }] }]
            """);
        var order = ACase.Basket("shirt", "rosary") with { Purposes = [Purpose.OrderFulfilment], LegalBasis = LegalBasis.Consent };

        var decision = ACase.Decide(overlay, order, ACase.Consent(Purpose.OrderFulfilment, isExplicit: true));

        Assert.Equal(["shirt", "rosary"], Lines(decision, RetentionClass.Order));
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public void Where_all_that_a_purpose_needs_is_of_another_category_than_its_condition_it_is_denied()
    {
        var rosary = ACase.Basket("rosary") with { Purposes = [Purpose.ProductSafety] };
        var healthOnly = APolicy.With(document => Condition(document, "PRODUCT_SAFETY")["categories"] = new JsonArray("HEALTH"));
        var withoutNumber = rosary with { Content = new() { Commerce = rosary.Content.Commerce! with { OrderId = null } } };

        Assert.Equal([new(Purpose.ProductSafety, Reason.Art9Condition)], ACase.Decide(healthOnly, withoutNumber).Denials);
        Assert.Empty(ACase.Decide(withoutNumber).Denials);
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public void A_field_that_is_marked_may_be_of_any_category()
    {
        var policy = APolicy.With(APolicy.Special("preferences.sizes"));
        var content = new InteractionContent { Preferences = new() { Sizes = [new("trousers", "adaptive")], Styles = ["casual"] } };

        var special = new SpecialContent(content, content.Fields(), policy, SpecialProducts.None);

        Assert.Equal([ContentField.PreferencesStyles], special.SeenBy(default(SpecialCategorySet).With(SpecialCategory.Health)).Fields.Members());
        Assert.Same(content, special.SeenBy(SpecialCategorySet.OfArticle9).Content);
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public void With_explicit_consent_the_profile_has_it()
    {
        var decision = ACase.Decide(ACase.Basket("insulin") with { Purposes = [Purpose.Profiling] }, ACase.Consent(Purpose.Profiling, isExplicit: true));

        Assert.Equal(["insulin"], Lines(decision, RetentionClass.Profiling));
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

        Assert.Equal(["shirt"], Lines(decision, RetentionClass.Profiling));
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
        var policy = APolicy.With(APolicy.Special("preferences.sizes"));
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

    private static IEnumerable<string?> Lines(InteractionDecision decision, RetentionClass member) =>
        decision.Records.Single(record => record.Class == member).Content.Commerce!.Lines!.Select(line => line.ProductId);

    private static JsonNode Condition(JsonObject document, string purpose) =>
        document["special_categories"]!.AsArray().Single(condition => (string?)condition!["purpose"] == purpose)!;

    private static InteractionDraft Score() => An.PageView(by: An.Ada) with
    {
        Type = "score.computed",
        Content = new() { Inferences = [new() { Name = "churn", Number = 0.8, ComputedAt = TestTracker.Noon }] },
    };
}
