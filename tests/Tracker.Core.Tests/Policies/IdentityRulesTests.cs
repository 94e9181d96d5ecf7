using System.Text.Json.Nodes;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Policies;

public sealed class IdentityRulesTests
{
    [Fact]
    public void Shipped_rules_let_people_decide_before_households_and_machines()
    {
        var rules = APolicy.Shipped.Identity;

        Assert.Equal(
            [IdentifierKind.CustomerNumber, IdentifierKind.LoyaltyCard, IdentifierKind.Email, IdentifierKind.Phone],
            rules.Kinds.Where(kind => kind.Value.Names == NamedBy.Person).OrderByDescending(kind => kind.Value.Priority).Select(kind => kind.Key));
        Assert.Equal([IdentifierKind.Device, IdentifierKind.Cookie], rules.Kinds.Keys.Where(rules.NamesAMachine).Order());
        Assert.False(rules.LeadsToAProfile(IdentifierKind.Receipt));
        Assert.True(rules.Of(IdentifierKind.CustomerNumber).IsUnique);
    }

    [Fact]
    public void Overlay_changes_one_kind_and_keeps_the_others()
    {
        var policy = Overlay("""{ "max_profiles": 5, "kinds": { "PHONE": { "names": "HOUSEHOLD", "priority": 15 } } }""");

        Assert.Equal(new KindRule(NamedBy.Household, 15, IsUnique: false, 20), policy.Identity.Of(IdentifierKind.Phone));
        Assert.Equal(APolicy.Shipped.Identity.Of(IdentifierKind.Email), policy.Identity.Of(IdentifierKind.Email));
        Assert.Equal(5, policy.Identity.MaxProfiles);
    }

    [Theory]
    [InlineData("""{ "max_profiles": 1 }""", "$.identity.max_profiles")]
    [InlineData("""{ "max_profiles": 101 }""", "$.identity.max_profiles")]
    [InlineData("""{ "kinds": { "EMAIL": { "names": "MACHINE" } } }""", "$.identity.kinds.EMAIL.names")]
    [InlineData("""{ "kinds": { "COOKIE": { "names": "PERSON" } } }""", "$.identity.kinds.COOKIE.names")]
    [InlineData("""{ "kinds": { "RECEIPT": { "names": "PERSON", "priority": 1, "at_most": 1 } } }""", "$.identity.kinds.RECEIPT.names")]
    [InlineData("""{ "kinds": { "EMAIL": { "names": "SOMEBODY" } } }""", "$.identity.kinds.EMAIL.names")]
    [InlineData("""{ "kinds": { "E_MAIL": { "names": "PERSON" } } }""", "$.identity.kinds.E_MAIL")]
    [InlineData("""{ "kinds": { "EMAIL": { "priority": 0 } } }""", "$.identity.kinds.EMAIL.priority")]
    [InlineData("""{ "kinds": { "EMAIL": { "at_most": 1001 } } }""", "$.identity.kinds.EMAIL.at_most")]
    [InlineData("""{ "kinds": { "COOKIE": { "unique": true } } }""", "$.identity.kinds.COOKIE.unique")]
    [InlineData("""{ "kinds": { "COOKIE": { "priority": 30 } } }""", "$.identity.kinds.COOKIE.priority")]
    public void What_cannot_be_so_is_refused_by_its_path(string identity, string path) =>
        Assert.Equal([path], Assert.Throws<PolicyInvalidException>(() => Overlay(identity)).Errors.Select(error => error.Path));

    [Fact]
    public void Every_kind_needs_a_rule()
    {
        var whole = JsonNode.Parse(APolicy.Shipped.Document.Span)!.AsObject();
        whole["identity"]!["kinds"]!.AsObject().Remove("PHONE");

        var refusal = Assert.Throws<PolicyInvalidException>(() => PolicyReader.Read("whole", System.Text.Encoding.UTF8.GetBytes(whole.ToJsonString())));

        Assert.Equal("$.identity.kinds", Assert.Single(refusal.Errors).Path);
    }

    private static Policy Overlay(string identity) => PolicyReader.Read("overlay", System.Text.Encoding.UTF8.GetBytes(
        $$"""{ "extends": "it-seed-strict", "profile": "own", "version": "1", "identity": {{identity}} }"""));
}
