using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tracker.Core.Model;
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
    public void Vital_interest_and_public_task_are_admissible_nowhere()
    {
        var policy = PolicyRegister.LoadShipped("it-seed-strict");

        Assert.DoesNotContain(
            policy.Purposes.Values.SelectMany(purpose => purpose.Rows).SelectMany(row => row.Cells.Values).SelectMany(bases => bases),
            basis => basis.Basis is LegalBasis.VitalInterest or LegalBasis.PublicTask);
    }

    [Fact]
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
    public void Every_error_is_named_at_once_by_its_path()
    {
        var document = Shipped();
        document["rules"]![0]!["ends"] = new JsonArray();
        document["rules"]![1]!["purpose"] = "NONSENSE";
        document["purposes"]![0]!["needs"]![0] = "contact.shoe_colour";
        document["activity_window"] = "two years";

        var refused = Assert.Throws<PolicyInvalidException>(() => Read(document));

        Assert.Contains(refused.Errors, error => error.StartsWith("$.rules[0].ends:", StringComparison.Ordinal));
        Assert.Contains(refused.Errors, error => error.StartsWith("$.rules[1].purpose:", StringComparison.Ordinal));
        Assert.Contains(refused.Errors, error => error.StartsWith("$.purposes[0].needs[0]:", StringComparison.Ordinal));
        Assert.Contains(refused.Errors, error => error.StartsWith("$.activity_window:", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_equally_specific_rules_are_refused()
    {
        var document = Shipped();
        var twin = document["rules"]![0]!.DeepClone();
        twin["id"] = "IT-TAX-2";
        document["rules"]!.AsArray().Add(twin);

        var refused = Assert.Throws<PolicyInvalidException>(() => Read(document));

        Assert.Contains(refused.Errors, error => error.Contains("two equally specific rules", StringComparison.Ordinal));
    }

    [Fact]
    public void A_purpose_without_a_retention_rule_is_refused()
    {
        var document = Shipped();
        var rules = document["rules"]!.AsArray();
        rules.RemoveAll(rule => (string?)rule!["purpose"] == "PROFILING");

        var refused = Assert.Throws<PolicyInvalidException>(() => Read(document));

        Assert.Contains(refused.Errors, error => error.Contains("no retention rule for PROFILING", StringComparison.Ordinal));
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
        var refused = Assert.Throws<PolicyInvalidException>(() => PolicyRegister.LoadShipped("it-relaxed"));

        Assert.Contains("it-seed-strict", refused.Message, StringComparison.Ordinal);
    }

    private static JsonNode Shipped()
    {
        using var stream = typeof(PolicyRegister).Assembly.GetManifestResourceStream("policies/it-seed-strict.json")!;
        return JsonNode.Parse(stream)!;
    }

    private static Policy Read(JsonNode document) =>
        PolicyReader.Read("test", Encoding.UTF8.GetBytes(document.ToJsonString(new JsonSerializerOptions())));
}
