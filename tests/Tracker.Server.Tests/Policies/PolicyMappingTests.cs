using System.Security.Cryptography;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Server.Policies;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Policies;

public class PolicyMappingTests
{
    private static readonly Policy Strict = PolicyRegister.LoadShipped(PolicyRegister.DefaultProfile);
    private static readonly Wire.Policy Answer = Strict.ToWire().Policy;

    [Fact]
    public void The_document_is_answered_byte_for_byte_with_its_hash() =>
        Assert.Equal(Answer.Sha256, Convert.ToHexStringLower(SHA256.HashData(Answer.Document.Span)));

    [Fact]
    public void Each_medium_has_its_row_with_the_ground_of_each_basis()
    {
        var email = Answer.Rows.Single(row => row.Purpose == Wire.Purpose.DirectMarketing && row.ContactChannels.Contains(Wire.ContactChannel.Email));

        var customer = email.Cells.Single(cell => cell.Stage == Wire.Stage.Customer);
        Assert.Equal([Wire.EPrivacyGround.Consent130, Wire.EPrivacyGround.SoftOptIn1304], customer.Bases.Select(basis => basis.EPrivacyGround));
    }

    [Fact]
    public void An_audience_on_a_platform_needs_the_consent_to_sharing_as_well()
    {
        var audience = Answer.Rows.Single(row => row.ContactChannels.Contains(Wire.ContactChannel.SocialAudience));

        Assert.Equal([Wire.Purpose.ThirdPartySharing], audience.RequiresConsent);
    }

    [Fact]
    public void A_purpose_says_which_contracts_carry_it()
    {
        Assert.Equal([Wire.ContractKind.Loyalty], Answer.Purposes.Single(purpose => purpose.Purpose == Wire.Purpose.LoyaltyProgramme).Contracts);
        Assert.Empty(Answer.Purposes.Single(purpose => purpose.Purpose == Wire.Purpose.DirectMarketing).Contracts);
    }

    [Fact]
    public void All_media_together_stand_in_the_matrix()
    {
        var cell = Answer.Matrix.Single(cell => cell is { Purpose: Wire.Purpose.DirectMarketing, Stage: Wire.Stage.Customer });

        Assert.Equal([Wire.LegalBasis.Consent, Wire.LegalBasis.LegitimateInterest], cell.AdmissibleBases);
    }

    [Fact]
    public void Rules_duties_fields_and_periods_are_answered_whole()
    {
        Assert.Equal(Enum.GetValues<ContentField>().Length, Answer.Fields.Count);
        Assert.Equal(Strict.Rules.Count, Answer.Rules.Count);
        Assert.Contains("fiscal.tax_code", Answer.LegalRules.Single(rule => rule.LegalRuleId == "IT-CC-2220").Fields);
        Assert.Equal("P24M", Answer.Periods.Single(period => period.Name == "inactivity_cap").Period);
    }

    [Fact]
    public void A_rule_says_what_it_does_at_its_end()
    {
        var interest = Answer.Rules.Single(rule => rule.RuleId == "IT-LI-1");

        Assert.Equal(("DELETE", Wire.Purpose.Unspecified, Wire.LegalBasis.LegitimateInterest), (interest.Action, interest.Purpose, interest.LegalBasis));
        Assert.Equal("ANONYMISE", Answer.Rules.Single(rule => rule.RuleId == "IT-PRO-1").Action);
    }

    [Fact]
    public void Children_are_shown_by_country()
    {
        Assert.Equal(("IT", 14), (Answer.Children.AgeOfConsent[0].Country, Answer.Children.AgeOfConsent[0].Age));
        Assert.False(Answer.Children.MayProfileMinors);
    }
}
