using System.Text.Json.Nodes;
using Tracker.Core.Model;

namespace Tracker.Core.Tests.Policies;

public sealed class BlockedIdentifierRulesTests
{
    [Theory]
    [InlineData("+39 06 1234 5678", "+390612345678")]
    [InlineData("0039 06 12345678", "+390612345678")]
    public void A_value_is_blocked_however_it_is_written(string listed, string normalised)
    {
        var policy = Documents.Lay($$"""
            "blocked_identifiers": [{ "id": "desk", "kind": "PHONE", "values": ["{{listed}}"], "reason": "Desk of the shop" }]
            """);

        Assert.True(policy.BlockedIdentifiers.Contains(IdentifierKind.Phone, normalised));
        Assert.False(policy.BlockedIdentifiers.Contains(IdentifierKind.CustomerNumber, normalised));
    }

    [Fact]
    public void A_domain_blocks_every_address_in_it_and_no_other()
    {
        var policy = Documents.Lay("""
            "blocked_identifiers": [{ "id": "own", "kind": "EMAIL", "values": ["@Shop.Example"], "reason": "Staff" }]
            """);

        Assert.True(policy.BlockedIdentifiers.Contains(IdentifierKind.Email, "till-3@shop.example"));
        Assert.False(policy.BlockedIdentifiers.Contains(IdentifierKind.Email, "ada@other-shop.example"));
    }

    [Fact]
    public void Everything_wrong_with_an_entry_is_told_by_its_place_and_not_by_its_value()
    {
        var document = Documents.Shipped();
        document["blocked_identifiers"] = JsonNode.Parse("""
            [
              { "id": "a", "kind": "PHONE", "values": ["06 7654321"], "reason": "" },
              { "id": "a", "kind": "EMAIL", "values": ["@", "nobody"], "reason": "x" },
              { "id": "c", "kind": "FAX", "values": [], "reason": "x" }
            ]
            """);

        var errors = Documents.Errors(document);

        Assert.Equal(
            [
                "$.blocked_identifiers",
                "$.blocked_identifiers[a].reason",
                "$.blocked_identifiers[a].values[0]",
                "$.blocked_identifiers[a].values[0]",
                "$.blocked_identifiers[a].values[1]",
                "$.blocked_identifiers[c].kind",
                "$.blocked_identifiers[c].values",
            ],
            errors.Select(error => error[..error.IndexOf(':', StringComparison.Ordinal)]).Order(StringComparer.Ordinal));
        Assert.All(errors, error => Assert.DoesNotContain("7654321", error, StringComparison.Ordinal));
    }
}
