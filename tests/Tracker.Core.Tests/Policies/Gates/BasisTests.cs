using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Tests.Policies.Gates;

public sealed class BasisTests
{
    private static readonly MessageTerms Fair = new(IsOwnProduct: true, IsSimilarProduct: true, OffersOptOut: true);

    public static TheoryData<Purpose, LegalBasis> OtherBases => [..
        from purpose in Enum.GetValues<Purpose>().Skip(1)
        from basis in Enum.GetValues<LegalBasis>().Skip(1)
        where basis != LegalBasis.Consent
        where purpose is not (Purpose.FraudSecurity or Purpose.ConsentEvidence or Purpose.Suppression or Purpose.RightsHandling)
        select new TheoryDataRow<Purpose, LegalBasis>(purpose, basis)];

    [Theory]
    [MemberData(nameof(OtherBases))]
    [Trait("Compliance", "R-027")]
    public void A_lead_rests_on_nothing_but_consent(Purpose purpose, LegalBasis basis) =>
        Assert.False(Ask.About(Ask.Lead).On(basis).For(purpose).IsPermitted);

    [Theory]
    [InlineData(Purpose.ConsentEvidence)]
    [InlineData(Purpose.Suppression)]
    [InlineData(Purpose.RightsHandling)]
    [Trait("Compliance", "R-027")]
    public void A_lead_rests_on_the_law_for_the_system_s_own_purposes(Purpose purpose) =>
        Assert.Equal(Reason.None, Ask.About(Ask.Lead).On(LegalBasis.LegalObligation).Why(purpose));

    [Fact]
    [Trait("Compliance", "R-027")]
    public void A_lead_rests_on_an_interest_for_security() =>
        Assert.Equal(Reason.None, Ask.About(Ask.Lead).On(LegalBasis.LegitimateInterest).Why(Purpose.FraudSecurity, Ask.Assessed("FRAUD_SECURITY")));

    [Theory]
    [Trait("Compliance", "R-025")]
    [InlineData(LegalBasis.VitalInterest)]
    [InlineData(LegalBasis.PublicTask)]
    public void Vital_interest_and_public_task_carry_nothing(LegalBasis basis) => Assert.All(
        Enum.GetValues<Purpose>().Skip(1),
        purpose => Assert.Equal(Reason.BasisNotAdmissible, Ask.About(Ask.Customer, Ask.Consent(purpose)).On(basis).Why(purpose)));

    [Fact]
    public void A_basis_that_is_asked_for_is_answered_alone()
    {
        var question = Ask.About(Ask.Customer, Ask.Consent(Purpose.Analytics));

        Assert.Equal(Reason.None, question.On(LegalBasis.Consent).Why(Purpose.Analytics));
        Assert.Equal(Reason.BasisNotAdmissible, question.On(LegalBasis.Contract).Why(Purpose.Analytics));
    }

    [Theory]
    [Trait("Compliance", "R-021")]
    [Trait("Compliance", "E38")]
    [InlineData(false)]
    [InlineData(true)]
    public void Whose_consent_was_withdrawn_is_not_asked_on_an_interest(bool isCustomer)
    {
        var facts = isCustomer ? Ask.Customer : Ask.Lead;
        var question = Ask.About(facts, Ask.Consent().Withdrawn(Ask.Now.AddDays(-1))).By(ContactChannel.Email);

        Assert.Equal(Reason.BasisSwapForbidden, question.On(LegalBasis.LegitimateInterest).Why(Purpose.DirectMarketing));
    }

    [Fact]
    [Trait("Compliance", "R-021")]
    public void Whose_consent_was_withdrawn_is_not_asked_on_a_soft_opt_in()
    {
        var question = Ask.About(Ask.Customer, Ask.Consent().Withdrawn(Ask.Now.AddDays(-1))).By(ContactChannel.Email) with { Message = Fair };
        question = question with { History = question.History with { SoftOptIns = [SoftOptInProofTests.Given] } };

        Assert.Equal(Reason.ConsentWithdrawn, question.Why(Purpose.DirectMarketing));
        Assert.Equal(Reason.BasisSwapForbidden, question.On(LegalBasis.LegitimateInterest).Why(Purpose.DirectMarketing));
    }

    [Fact]
    [Trait("Compliance", "R-021")]
    public void A_withdrawal_for_one_medium_forbids_the_interest_in_that_one_only()
    {
        var policy = Ask.Assessed("DIRECT_MARKETING", media: "POST");
        var question = Ask.About(Ask.Customer, Ask.Consent().Withdrawn(Ask.Now.AddDays(-1))).By(ContactChannel.Post);

        Assert.Equal(Reason.None, question.Why(Purpose.DirectMarketing, policy));
    }

    [Fact]
    [Trait("Compliance", "R-021")]
    public void Consent_given_anew_lifts_the_ban()
    {
        var policy = Ask.Assessed("DIRECT_MARKETING", media: "POST");
        var withdrawn = Ask.Consent(medium: ContactChannel.Post).Withdrawn(Ask.Now.AddDays(-5));
        var anew = Ask.Consent(medium: ContactChannel.Post) with { From = Ask.Now.AddDays(-4) };

        Assert.Equal(Reason.BasisSwapForbidden, Ask.About(Ask.Customer, withdrawn).By(ContactChannel.Post).On(LegalBasis.LegitimateInterest).Why(Purpose.DirectMarketing, policy));
        Assert.Equal(Reason.None, Ask.About(Ask.Customer, withdrawn, anew).By(ContactChannel.Post).On(LegalBasis.LegitimateInterest).Why(Purpose.DirectMarketing, policy));
    }

    [Fact]
    [Trait("Compliance", "R-021")]
    public void Contract_and_law_go_on_after_a_withdrawal()
    {
        var withdrawn = Ask.Consent(Purpose.CustomerCare).Withdrawn(Ask.Now.AddDays(-1));

        Assert.Equal(LegalBasis.Contract, Ask.About(Ask.Customer, withdrawn).Of("support.contacted").For(Purpose.CustomerCare).Basis);
    }

    [Fact]
    [Trait("Compliance", "R-022")]
    [Trait("Compliance", "E39")]
    public void Somebody_else_s_order_proves_no_contract()
    {
        var question = Ask.About(Ask.Customer).Of("order.placed") with { Contract = new("order:2", IsOfAnother: true) };

        Assert.Equal(Reason.ContractRefInvalid, question.Why(Purpose.OrderFulfilment));
        Assert.Equal(Reason.None, (question with { Contract = new("order:2", IsOfAnother: false) }).Why(Purpose.OrderFulfilment));
    }

    [Fact]
    [Trait("Compliance", "R-022")]
    public void A_contract_is_not_necessary_for_marketing() =>
        Assert.Equal(Reason.BasisNotAdmissible, Ask.About(Ask.Customer).On(LegalBasis.Contract).Why(Purpose.DirectMarketing));

    [Fact]
    [Trait("Compliance", "R-023")]
    public void Only_a_request_of_the_person_s_own_makes_a_pre_contract()
    {
        Assert.Equal(Reason.None, Ask.About(Ask.Prospect).Of("quote.requested").Why(Purpose.Precontract));
        Assert.Equal(Reason.StageNotEligible, Ask.About(Ask.Lead).Of("quote.requested").Why(Purpose.Precontract));
        Assert.Equal(Reason.ContractRefInvalid, Ask.About(Ask.Customer).On(LegalBasis.PreContract).Why(Purpose.Precontract));
    }

    [Fact]
    public void A_former_customer_s_quote_is_a_quote_and_revives_nothing_else()
    {
        var back = Ask.Former with { QuoteRequestedAt = Ask.Now.AddDays(-2) };

        Assert.Equal(LegalBasis.PreContract, Ask.About(back).Of("quote.requested").For(Purpose.Precontract).Basis);
        Assert.Equal(Reason.StageNotEligible, Ask.About(back).Of("account.opened").Why(Purpose.ServiceDelivery));
    }

    [Fact]
    public void With_a_former_customer_returns_are_settled_and_nothing_new_is_done()
    {
        Assert.Equal(Reason.None, Ask.About(Ask.Former).Of("order.returned").Why(Purpose.OrderFulfilment));
        Assert.Equal(Reason.StageNotEligible, Ask.About(Ask.Former).Of("contract.started").Why(Purpose.OrderFulfilment));
        Assert.Equal(Reason.LiaMissing, Ask.About(Ask.Former).Of("support.contacted").Why(Purpose.CustomerCare));
    }

    [Fact]
    [Trait("Compliance", "R-024")]
    public void A_duty_by_law_covers_the_types_and_fields_that_it_lists()
    {
        var verdict = Ask.About(Ask.Customer).Of("purchase.completed").For(Purpose.AccountingTax);

        Assert.Equal(["IT-CC-2220"], verdict.EvidenceIds);
        Assert.False(verdict.Fields.Contains(Core.Model.Content.ContentField.PreferencesInterests));
        Assert.True(verdict.Fields.Contains(Core.Model.Content.ContentField.CommerceTotal));
        Assert.Equal(Reason.LegalRuleUnknown, Ask.About(Ask.Customer).Of("order.delivered").Why(Purpose.AccountingTax));
    }

    [Fact]
    [Trait("Compliance", "R-005")]
    public void Without_a_basis_there_is_none() =>
        Assert.Equal(Reason.NoLegalBasis, Gate.Summarise([new(Purpose.DirectMarketing, Ask.About(Ask.Lead).Of("lead.captured").Why(Purpose.DirectMarketing))]));
}
