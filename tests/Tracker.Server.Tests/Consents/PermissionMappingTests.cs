using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Server.Consents;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Consents;

public class PermissionMappingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly Wire.ProfileReference Ada = new() { Identifier = new Wire.Identifier { Kind = Wire.IdentifierKind.Email, Value = "ada@example.com" } };

    [Fact]
    public void A_question_arrives_with_recipient_basis_and_terms()
    {
        var query = new Wire.CheckPermissionRequest
        {
            Profile = Ada,
            Purpose = Wire.Purpose.DirectMarketing,
            ContactChannel = Wire.ContactChannel.SocialAudience,
            Recipient = "platform",
            LegalBasis = Wire.LegalBasis.Consent,
            Type = "offer.sent",
            Message = new Wire.MessageTerms { OwnProduct = true, OffersOptOut = true },
        }.ToCore();

        Assert.Equal(
            new PermissionQuestion
            {
                Purpose = Purpose.DirectMarketing,
                Type = "offer.sent",
                ContactChannel = ContactChannel.SocialAudience,
                Recipient = "platform",
                Basis = LegalBasis.Consent,
                Message = new MessageTerms(IsOwnProduct: true, IsSimilarProduct: false, OffersOptOut: true),
            },
            query.Question);
    }

    [Fact]
    public void An_audience_is_asked_for_with_all_that_one_person_is()
    {
        var query = new Wire.CheckAudienceRequest
        {
            Profiles = { Ada },
            Purpose = Wire.Purpose.DirectMarketing,
            ContactChannel = Wire.ContactChannel.Email,
            Recipient = "platform",
            LegalBasis = Wire.LegalBasis.LegitimateInterest,
            Type = "offer.sent",
            Message = new Wire.MessageTerms { SimilarProduct = true },
        }.ToCore();

        Assert.Equal(
            new PermissionQuestion
            {
                Purpose = Purpose.DirectMarketing,
                Type = "offer.sent",
                ContactChannel = ContactChannel.Email,
                Recipient = "platform",
                Basis = LegalBasis.LegitimateInterest,
                Message = new MessageTerms(IsOwnProduct: false, IsSimilarProduct: true, OffersOptOut: false),
            },
            query.Question);
    }

    [Fact]
    public void An_audience_without_a_purpose_and_with_a_nobody_in_it_is_refused_by_place()
    {
        var refusal = Assert.Throws<RefusalException>(() => new Wire.CheckAudienceRequest { Profiles = { Ada, new Wire.ProfileReference() } }.ToCore());

        Assert.Equal(["profiles[1]", "purpose"], refusal.Violations.Select(violation => violation.Field).Order());
    }

    [Fact]
    public void An_answer_says_for_each_person_why_not_and_until_when_it_counts()
    {
        var person = new PermissionAnswer { IsPermitted = false, Reason = Reason.ConsentWithdrawn, Stage = Stage.Lead, ConsentEpoch = 7, PolicyVersion = "p@1", PolicySha256 = new byte[] { 0xAB, 0x01 } };

        var wire = new AudienceAnswer([person], Noon, Noon.AddMinutes(1), "p@1", person.PolicySha256).ToWire();

        Assert.Equal((false, "CONSENT_WITHDRAWN", 7), (wire.Results[0].Permitted, wire.Results[0].Reason, wire.Results[0].ConsentEpoch));
        Assert.Equal(("p@1", "ab01"), (wire.PolicyVersion, wire.PolicySha256));
        Assert.Equal((Noon, Noon.AddMinutes(1)), (wire.CheckedAt.ToDateTimeOffset(), wire.ValidUntilAt.ToDateTimeOffset()));
    }

    [Fact]
    public void An_answer_about_one_person_names_the_policy_that_decided_by_its_hash()
    {
        var wire = new PermissionAnswer { IsPermitted = false, Reason = Reason.Objected, Stage = Stage.Lead, ConsentEpoch = 7, PolicyVersion = "p@1", PolicySha256 = new byte[] { 0xAB, 0x01 } }.ToWire();

        Assert.Equal(("OBJECTED", "p@1", "ab01"), (wire.Reason, wire.PolicyVersion, wire.PolicySha256));
    }
}
