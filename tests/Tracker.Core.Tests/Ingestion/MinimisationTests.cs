using System.Text.Json.Nodes;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

public sealed class MinimisationTests
{
    [Fact]
    [Trait("Compliance", "R-009")]
    public void An_order_keeps_nothing_of_who_the_person_is_beyond_it()
    {
        var order = An.Order(by: An.Ada);

        var decision = ACase.Decide(order with { Content = order.Content with { Preferences = new() { Education = "PhD" } } });

        Assert.Equal([ContentField.PreferencesEducation], decision.Stripped.Members());
    }

    [Fact]
    [Trait("Compliance", "R-024")]
    public void On_a_duty_by_law_only_the_fields_that_it_lists_are_kept()
    {
        var policy = APolicy.With(document =>
            document["legal_rules"]!.AsArray().Single(rule => (string?)rule!["id"] == "IT-CC-2220")!["fields"] = new JsonArray("commerce.order_id", "commerce.total"));

        var decision = ACase.Decide(policy, ACase.Basket("shirt") with { Purposes = [Purpose.AccountingTax] });

        Assert.Equal([ContentField.CommerceOrderId, ContentField.CommerceTotal], Assert.Single(decision.Records).Fields.Members());
    }

    [Fact]
    public void Free_text_may_hold_anything_and_is_no_part_of_a_profile()
    {
        var search = An.PageView(by: An.Ada, purposes: Purpose.Profiling) with
        {
            Type = "search.performed",
            Content = new() { Online = new() { SearchTerm = "gift for my sick aunt", UserAgent = "browser" } },
        };

        Assert.Equal([ContentField.OnlineUserAgent], Assert.Single(ACase.Decide(search, ACase.Consent(Purpose.Profiling)).Records).Fields.Members());
    }

    [Fact]
    [Trait("Compliance", "R-008")]
    public void A_further_purpose_needs_a_basis_of_its_own()
    {
        var decision = ACase.Decide(ACase.Basket("shirt") with { Purposes = [Purpose.OrderFulfilment, Purpose.Profiling] });

        Assert.Equal([new(Purpose.Profiling, Reason.ConsentMissing)], decision.Denials);
        Assert.Equal([Purpose.OrderFulfilment], decision.Grants.Select(grant => grant.Purpose));
    }

    [Theory]
    [Trait("Compliance", "R-153")]
    [InlineData("192.0.2.0", true)]
    [InlineData("192.0.2.7", false)]
    [InlineData("2001:db8:1::", true)]
    [InlineData("2001:db8:1:2::", false)]
    [InlineData("::ffff:192.0.2.0", true)]
    [InlineData("2002:c000:207::", false)]
    [InlineData("2002:c000:200::", true)]
    [InlineData(null, true)]
    public void A_visit_of_nobody_is_counted_if_its_address_is_masked(string? address, bool isKept)
    {
        var visit = An.PageView(purposes: Purpose.Analytics) with
        {
            Identifiers = [],
            Content = new() { Online = new() { IpAddress = address, PageUrl = "https://shop.example/", SessionId = "s1" } },
        };

        var decision = ACase.Decide(visit);

        Assert.Equal(isKept, decision.IsPermitted);
        Assert.Equal(isKept ? [] : [new PurposeDenial(Purpose.Analytics, Reason.EprivacyGround)], decision.Denials);
        Assert.True(decision.Stripped.Contains(ContentField.OnlineSessionId));
    }

    [Fact]
    [Trait("Compliance", "R-021")]
    [Trait("Compliance", "R-025")]
    public void A_caller_may_ask_for_one_basis()
    {
        InteractionDraft On(LegalBasis basis) => ACase.Basket("shirt") with { Purposes = [Purpose.Analytics], LegalBasis = basis };

        Assert.True(ACase.Decide(On(LegalBasis.Consent), ACase.Consent(Purpose.Analytics)).IsPermitted);
        Assert.Equal([new(Purpose.Analytics, Reason.BasisNotAdmissible)], ACase.Decide(On(LegalBasis.VitalInterest), ACase.Consent(Purpose.Analytics)).Denials);
    }

    [Fact]
    [Trait("Compliance", "R-020")]
    public void What_was_passed_on_needs_consent_to_that_recipient()
    {
        var sharing = ACase.Consent(Purpose.ThirdPartySharing) with { Recipient = "partner-a" };
        InteractionDraft To(string recipient) => ACase.Basket("shirt") with { Purposes = [Purpose.ThirdPartySharing], Recipient = recipient };

        Assert.True(ACase.Decide(To("partner-a"), sharing).IsPermitted);
        Assert.Equal([new(Purpose.ThirdPartySharing, Reason.ConsentScope)], ACase.Decide(To("partner-b"), sharing).Denials);
    }
}
