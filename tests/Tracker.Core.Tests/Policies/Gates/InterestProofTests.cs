using System.Text.Json.Nodes;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Policies.Gates;

public sealed class InterestProofTests
{
    [Fact]
    [Trait("Compliance", "R-026")]
    public void What_rests_on_the_assessment_of_one_medium_is_not_carried_by_that_of_another()
    {
        var policy = APolicy.With(document => document["assessments"] = new JsonArray(
            Ask.Assessment("DIRECT_MARKETING", "2025-05-01", "2026-05-01", "EMAIL"),
            Ask.Assessment("DIRECT_MARKETING", "2026-05-01", "2027-05-01", "POST")));
        Grant On(string assessment) => new(Purpose.DirectMarketing, LegalBasis.LegitimateInterest, EPrivacyGround.NotApplicable, [assessment], "rule", Ask.Now.AddYears(1));

        Assert.False(policy.IsAssessed(On("LIA-1@2025-05-01"), Ask.Now));
        Assert.True(policy.IsAssessed(On("LIA-1@2026-05-01"), Ask.Now));
        Assert.True(policy.IsAssessed(On("LIA-9@2020-01-01"), Ask.Now));
    }

    private static readonly Policy Assessed = Ask.Assessed("LEGAL_CLAIMS");

    [Fact]
    [Trait("Compliance", "R-026")]
    public void An_interest_needs_an_assessment_that_is_in_force()
    {
        Assert.Equal(["LIA-1@2026-05-01"], Ask.About(Ask.Customer).For(Purpose.LegalClaims, Assessed).EvidenceIds);
        Assert.Equal(Reason.LiaMissing, Ask.About(Ask.Customer).Why(Purpose.LegalClaims));
        Assert.Equal(Reason.LiaMissing, Ask.About(Ask.Customer).Why(Purpose.LegalClaims, Ask.Assessed("LEGAL_CLAIMS", until: "2026-11-23")));
    }

    [Fact]
    [Trait("Compliance", "R-026")]
    public void An_assessment_covers_nothing_from_before_it()
    {
        var question = Ask.About(Ask.Customer) with { OccurredAt = Ask.Now.AddDays(-30) };

        Assert.Equal(Reason.LiaMissing, question.Why(Purpose.LegalClaims, Ask.Assessed("LEGAL_CLAIMS", from: "2026-11-01")));
    }

    [Fact]
    [Trait("Compliance", "R-026")]
    public void An_assessment_that_was_renewed_in_between_covers_both_sides()
    {
        var policy = APolicy.With(document => document["assessments"] = new JsonArray(
            Ask.Assessment("LEGAL_CLAIMS", "2026-01-01", "2026-11-20"),
            Ask.Assessment("LEGAL_CLAIMS", "2026-11-20", "2027-11-20")));

        var verdict = (Ask.About(Ask.Customer) with { OccurredAt = Ask.Now.AddDays(-10) }).For(Purpose.LegalClaims, policy);

        Assert.Equal(["LIA-1@2026-01-01", "LIA-1@2026-11-20"], verdict.EvidenceIds);
    }

    [Fact]
    [Trait("Compliance", "R-026")]
    public void An_assessment_for_letters_is_none_for_anything_else()
    {
        var policy = Ask.Assessed("DIRECT_MARKETING", media: "POST");

        Assert.Equal(Reason.None, Ask.About(Ask.Customer).By(ContactChannel.Post).Why(Purpose.DirectMarketing, policy));
        Assert.Equal(Reason.ConsentMissing, Ask.About(Ask.Customer).By(ContactChannel.Sms).Why(Purpose.DirectMarketing, policy));
    }

    [Fact]
    [Trait("Compliance", "R-026")]
    [Trait("Compliance", "E37")]
    public void An_objection_stops_the_interest_and_nothing_else()
    {
        var question = Ask.About(Ask.Customer).Objecting(Ask.Objection(Purpose.FraudSecurity));

        Assert.Equal(Reason.Objected, question.Why(Purpose.FraudSecurity, Ask.Assessed("FRAUD_SECURITY")));
        Assert.Equal(Reason.None, question.Of("order.placed").Why(Purpose.OrderFulfilment));
        Assert.Equal(Reason.None, question.Why(Purpose.LegalClaims, Assessed));
    }

    [Fact]
    public void An_objection_that_ended_before_the_contact_is_over()
    {
        var question = Ask.About(Ask.Customer).Objecting(Ask.Objection(Purpose.LegalClaims, until: Ask.Now.AddHours(-2)));

        Assert.Equal(Reason.None, question.Why(Purpose.LegalClaims, Assessed));
    }

    [Fact]
    public void An_objection_that_stood_between_the_contact_and_now_counts()
    {
        var question = Ask.About(Ask.Customer).Objecting(Ask.Objection(Purpose.LegalClaims, from: Ask.Now.AddMinutes(-40), until: Ask.Now.AddMinutes(-20)));

        Assert.Equal(Reason.Objected, question.Why(Purpose.LegalClaims, Assessed));
    }

    [Fact]
    [Trait("Compliance", "R-026")]
    public void A_child_s_interests_weigh_more()
    {
        var question = Ask.About(Ask.Customer) with { Age = new(new(2012, 1, 1), "IT") };

        Assert.Equal(Reason.BasisNotAdmissible, question.Why(Purpose.LegalClaims, Assessed));
    }

    [Theory]
    [Trait("Compliance", "R-026")]
    [InlineData(23, Reason.None)]
    [InlineData(24, Reason.LiaMissing)]
    public void An_interest_ends_when_the_person_stops_being_active(int months, Reason reason)
    {
        var question = Ask.About(Ask.Former) with { LastInteractionAt = Ask.Now.AddMonths(-months) };

        Assert.Equal(reason, question.Why(Purpose.LegalClaims, Assessed));
    }

    [Fact]
    [Trait("Compliance", "R-026")]
    public void An_open_contract_keeps_a_silent_person_active()
    {
        var question = Ask.About(Ask.Lead with { ContractStartedAt = Ask.Now.AddYears(-3) }) with { LastInteractionAt = Ask.Now.AddYears(-3) };

        Assert.Equal(Reason.None, question.Why(Purpose.LegalClaims, Assessed));
    }

    [Fact]
    [Trait("Compliance", "R-153")]
    public void Masked_analytics_of_nobody_is_technical()
    {
        var masked = Visit(isMinimised: true).For(Purpose.Analytics);

        Assert.Equal((LegalBasis.LegitimateInterest, EPrivacyGround.Technical122), (masked.Basis, masked.Ground));
        Assert.Equal(Reason.EprivacyGround, Visit(isMinimised: false).Why(Purpose.Analytics));
    }

    [Fact]
    [Trait("Compliance", "R-150")]
    public void A_cookie_before_a_choice_is_not_kept_for_analytics()
    {
        var question = Visit(isMinimised: false) with { HasPerson = true };

        Assert.Equal(Reason.ConsentMissing, question.Why(Purpose.Analytics));
        Assert.Equal(Reason.EprivacyGround, question.On(LegalBasis.LegitimateInterest).Why(Purpose.Analytics));
    }

    [Fact]
    public void Who_is_identified_is_no_technical_session() =>
        Assert.Equal(Reason.ConsentMissing, Ask.About(Ask.Lead).Of("page.viewed").Why(Purpose.ServiceDelivery));

    private static GateQuestion Visit(bool isMinimised) => Ask.About(Facts.None).Of("page.viewed") with { HasPerson = false, IsMinimised = isMinimised };
}
