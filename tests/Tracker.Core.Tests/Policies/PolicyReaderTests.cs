using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;

namespace Tracker.Core.Tests.Policies;

public sealed class PolicyReaderTests
{
    [Fact]
    public void The_shipped_profile_is_valid()
    {
        var policy = PolicyRegister.LoadShipped("it-seed-strict");

        Assert.StartsWith("it-seed-strict@", policy.Version, StringComparison.Ordinal);
        Assert.Equal(32, policy.Sha256.Length);
    }

    [Fact]
    public void The_shipped_profile_rules_on_every_purpose()
    {
        var policy = PolicyRegister.LoadShipped("it-seed-strict");

        Assert.Equal(Enum.GetValues<Purpose>().Skip(1).Order(), policy.Purposes.Keys.Order());
    }

    [Fact]
    [Trait("Compliance", "R-025")]
    public void Vital_interest_and_public_task_are_admissible_nowhere()
    {
        var policy = PolicyRegister.LoadShipped("it-seed-strict");

        Assert.DoesNotContain(
            policy.Purposes.Values.SelectMany(purpose => purpose.Rows).SelectMany(row => row.Cells.Values).SelectMany(bases => bases),
            basis => basis.Basis is LegalBasis.VitalInterest or LegalBasis.PublicTask);
    }

    [Fact]
    [Trait("Compliance", "R-027")]
    public void A_lead_rests_on_consent_only_but_for_the_system_purposes()
    {
        var policy = PolicyRegister.LoadShipped("it-seed-strict");
        Purpose[] system = [Purpose.FraudSecurity, Purpose.ConsentEvidence, Purpose.Suppression, Purpose.RightsHandling];

        Assert.All(
            policy.Purposes.Values.Where(purpose => !system.Contains(purpose.Purpose)),
            purpose => Assert.All(purpose.Rows.SelectMany(row => row.Cells[Stage.Lead]), basis => Assert.Equal(LegalBasis.Consent, basis.Basis)));
    }

    [Theory]
    [InlineData("account.opened", FactKind.AccountOpened)]
    [InlineData("account.closed", FactKind.AccountClosed)]
    [InlineData("quote.requested", FactKind.QuoteRequested)]
    [InlineData("order.placed", FactKind.Purchase)]
    [InlineData("order.delivered", FactKind.Purchase)]
    [InlineData("purchase.completed", FactKind.Purchase)]
    [InlineData("order.cancelled", FactKind.PurchaseEnded)]
    [InlineData("order.returned", FactKind.PurchaseEnded)]
    [InlineData("contract.started", FactKind.ContractStarted)]
    [InlineData("contract.ended", FactKind.ContractEnded)]
    [InlineData("login.succeeded", FactKind.AccountUsed)]
    [InlineData("loyalty.joined", FactKind.LoyaltyJoined)]
    [InlineData("loyalty.left", FactKind.LoyaltyLeft)]
    [InlineData("loyalty.scanned", FactKind.LoyaltyCardShown)]
    [InlineData("lead.captured", null)]
    [InlineData("newsletter.subscribed", null)]
    [InlineData("store.visited", null)]
    [InlineData("site.visited", null)]
    [InlineData("page.viewed", null)]
    [InlineData("search.performed", null)]
    [InlineData("cart.updated", null)]
    [InlineData("email.sent", null)]
    [InlineData("email.opened", null)]
    [InlineData("email.clicked", null)]
    [InlineData("call.received", null)]
    [InlineData("support.contacted", null)]
    [InlineData("event.attended", null)]
    public void The_catalogue_has_the_types_that_a_stage_depends_on(string type, FactKind? fact) =>
        Assert.Equal(fact, PolicyRegister.LoadShipped("it-seed-strict").Types[type].Fact);

    [Fact]
    [Trait("Compliance", "R-001")]
    public void Every_field_has_the_category_and_the_flags_of_its_policy()
    {
        var policy = PolicyRegister.LoadShipped("it-seed-strict");

        Assert.All(Enum.GetValues<ContentField>(), field => Assert.Equal(field.Category(), policy.CategoryOf(field)));
        Assert.True(policy.Fields[ContentField.ContactDeliveryNote].IsFreeText);
    }

    [Theory]
    [InlineData("score.computed", "PROFILING")]
    [InlineData("subscription.renewed", "ORDER_FULFILMENT ACCOUNTING_TAX")]
    [InlineData("message.sent", "SERVICE_DELIVERY ORDER_FULFILMENT CUSTOMER_CARE PRODUCT_SAFETY")]
    [InlineData("email.opened", "EMAIL_TRACKING")]
    [Trait("Compliance", "R-002")]
    [Trait("Compliance", "E30")]
    public void A_type_is_admissible_for_nothing_but_its_purposes(string type, string purposes)
    {
        var found = PolicyRegister.LoadShipped("it-seed-strict").Types[type];

        Assert.Equal(purposes.Split(' ').Order(), found.AdmissiblePurposes.Select(EnumNames<Purpose>.Of).Order());
        Assert.False(found.MovesLastInteraction);
    }

    [Fact]
    [Trait("Compliance", "R-002")]
    public void A_score_is_profiling_whatever_the_caller_calls_it()
    {
        var policy = PolicyRegister.LoadShipped("it-seed-strict");
        var now = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

        var verdict = Gate.Decide(policy, Purpose.ServiceDelivery, new GateQuestion
        {
            Type = policy.Types["score.computed"],
            HasPerson = true,
            Facts = new Facts { IdentifiedAt = now, FirstPurchaseAt = now, LastPurchaseAt = now },
            OccurredAt = now,
            Now = now,
        });

        Assert.Equal(Reason.PurposeCategoryMismatch, verdict.Reason);
    }

    [Fact]
    [Trait("Compliance", "E30")]
    public void A_message_with_an_offer_is_marketing_whatever_else_it_says()
    {
        var offer = PolicyRegister.LoadShipped("it-seed-strict").Types["offer.sent"];

        Assert.Equal([Purpose.DirectMarketing], offer.DefaultPurposes);
        Assert.DoesNotContain(Purpose.ServiceDelivery, offer.AdmissiblePurposes);
    }

    [Fact]
    [Trait("Compliance", "E31")]
    public void The_clock_is_moved_by_what_compliance_lists_and_by_nothing_else()
    {
        var movers = PolicyRegister.LoadShipped("it-seed-strict").Types.Values.Where(type => type.MovesLastInteraction).Select(type => type.Name).Order();

        Assert.Equal(
            [
                "account.opened", "call.received", "cart.updated", "contract.started", "email.clicked", "event.attended", "form.submitted", "login.succeeded",
                "loyalty.joined", "loyalty.scanned", "message.received", "newsletter.subscribed", "order.cancelled", "order.placed", "order.returned", "page.viewed", "preference.changed",
                "product.viewed", "purchase.completed", "quote.requested", "search.performed", "site.visited", "store.visited", "support.contacted",
            ],
            movers);
    }

    [Fact]
    public void Every_error_is_named_at_once_by_its_path()
    {
        var document = Shipped();
        document["rules"]![0]!["ends"] = new JsonArray();
        document["rules"]![1]!["purpose"] = "NONSENSE";
        document["purposes"]![0]!["needs"]![0] = "contact.shoe_colour";
        document["activity_window"] = "two years";

        var errors = Documents.Errors(() => Read(document));

        Assert.Contains(errors, error => error.StartsWith("$.rules[IT-TAX-1].ends:", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.StartsWith("$.rules[IT-ORD-1].purpose:", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.StartsWith("$.purposes[SERVICE_DELIVERY].needs[0]:", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.StartsWith("$.activity_window:", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_equally_specific_rules_are_refused()
    {
        var document = Shipped();
        var twin = document["rules"]![0]!.DeepClone();
        twin["id"] = "IT-TAX-2";
        document["rules"]!.AsArray().Add(twin);

        var errors = Documents.Errors(() => Read(document));

        Assert.Contains(errors, error => error.Contains("two equally specific rules", StringComparison.Ordinal));
    }

    [Fact]
    public void A_purpose_without_a_retention_rule_is_refused()
    {
        var document = Shipped();
        var rules = document["rules"]!.AsArray();
        rules.RemoveAll(rule => (string?)rule!["purpose"] == "PROFILING");

        var errors = Documents.Errors(() => Read(document));

        Assert.Contains(errors, error => error.Contains("no retention rule for PROFILING", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("TECHNICAL_122")]
    [InlineData("SOFT_OPT_IN_130_4")]
    public void A_consent_stands_on_no_ground_that_does_without_one(string ground)
    {
        var document = Documents.Shipped();
        document.Purpose("PROFILING")["matrix"]![0]!["consent_ground"] = ground;

        var error = Assert.Single(Documents.Errors(document));

        Assert.StartsWith("$.purposes[PROFILING].matrix[0].consent_ground:", error, StringComparison.Ordinal);
        Assert.Contains("TECHNICAL or SOFT_OPT_IN in a cell", error, StringComparison.Ordinal);
        Assert.Contains("NOT_APPLICABLE, CONSENT_122, CONSENT_130, RPO_CHECKED_130_3BIS", error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_member_is_refused_rather_than_ignored()
    {
        var document = Shipped();
        document["retention_forever"] = true;

        Assert.Throws<PolicyInvalidException>(() => Read(document));
    }

    [Fact]
    public void An_unknown_profile_names_the_shipped_ones()
    {
        var errors = Documents.Errors(() => PolicyRegister.LoadShipped("it-relaxed"));

        Assert.Contains("it-seed-strict", Assert.Single(errors), StringComparison.Ordinal);
    }

    private static JsonNode Shipped()
    {
        using var stream = typeof(PolicyRegister).Assembly.GetManifestResourceStream("policies/it-seed-strict.json")!;
        return JsonNode.Parse(stream)!;
    }

    private static Policy Read(JsonNode document) =>
        PolicyReader.Read("test", Encoding.UTF8.GetBytes(document.ToJsonString(new JsonSerializerOptions())));
}
