using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Tests.Policies.Gates;

public sealed class ObjectionTests
{
    private static readonly Policy Feature = Documents.Lay("\"purposes\": [{ \"purpose\": \"PERSONALISATION\", \"is_requested_feature\": true }]");

    private static readonly Facts Subscriber = Ask.Customer with { ContractStartedAt = Ask.Now.AddDays(-30) };

    [Theory]
    [Trait("Compliance", "R-076")]
    [InlineData(Purpose.DirectMarketing)]
    [InlineData(Purpose.Profiling)]
    [InlineData(Purpose.Personalisation)]
    public void An_objection_to_marketing_ends_it_on_every_basis_with_the_profiling_behind_it(Purpose purpose)
    {
        var question = Ask.About(Ask.Customer, Ask.Consent(purpose)).Objecting(Ask.Objection(Purpose.DirectMarketing));

        Assert.Equal(Reason.Objected, question.Why(purpose));
    }

    [Theory]
    [Trait("Compliance", "R-076")]
    [Trait("Compliance", "E29")]
    [InlineData("order.placed", Purpose.OrderFulfilment)]
    [InlineData("order.placed", Purpose.AccountingTax)]
    [InlineData("order.placed", Purpose.ProductSafety)]
    [InlineData("support.contacted", Purpose.CustomerCare)]
    public void Orders_invoices_and_recalls_go_on(string type, Purpose purpose)
    {
        var question = Ask.About(Ask.Customer).Objecting(Ask.Objection(Purpose.DirectMarketing), Ask.Objection(Purpose.Profiling));

        Assert.Equal(Reason.None, question.Of(type).Why(purpose));
    }

    [Fact]
    [Trait("Compliance", "E29")]
    public void An_objection_to_profiling_leaves_the_newsletter_alone()
    {
        var question = Ask.About(Ask.Customer, Ask.Consent(), Ask.Consent(Purpose.Profiling)).Objecting(Ask.Objection(Purpose.Profiling));

        Assert.Equal(Reason.Objected, question.Why(Purpose.Profiling));
        Assert.Equal(Reason.None, question.Why(Purpose.DirectMarketing));
    }

    [Fact]
    public void An_objection_to_one_medium_ends_that_one_only()
    {
        var question = Ask.About(Ask.Lead, Ask.Consent(), Ask.Consent(medium: ContactChannel.Sms), Ask.Consent(Purpose.Profiling))
            .Objecting(Ask.Objection(Purpose.DirectMarketing, ContactChannel.Email));

        Assert.Equal(Reason.Objected, question.By(ContactChannel.Email).Why(Purpose.DirectMarketing));
        Assert.Equal(Reason.None, question.By(ContactChannel.Sms).Why(Purpose.DirectMarketing));
        Assert.Equal(Reason.None, question.Why(Purpose.Profiling));
    }

    [Theory]
    [InlineData(Purpose.DirectMarketing)]
    [InlineData(Purpose.Personalisation)]
    [Trait("Compliance", "R-076")]
    public void An_objection_to_marketing_ends_personalisation_also_where_the_contract_has_it_as_a_feature(Purpose objected)
    {
        var question = Ask.About(Subscriber).On(LegalBasis.Contract);

        Assert.Equal(Reason.None, question.Why(Purpose.Personalisation, Feature));
        Assert.Equal(Reason.Objected, question.Objecting(Ask.Objection(objected)).Why(Purpose.Personalisation, Feature));
    }

    [Fact]
    [Trait("Compliance", "R-021")]
    public void Whoever_withdrew_from_personalisation_has_it_on_no_contract_until_a_new_consent()
    {
        var withdrawn = Ask.Consent(Purpose.Personalisation).Withdrawn(Ask.Now.AddDays(-2));
        var anew = Ask.Consent(Purpose.Personalisation) with { From = Ask.Now.AddDays(-1) };

        Assert.Equal(Reason.BasisSwapForbidden, Ask.About(Subscriber, withdrawn).On(LegalBasis.Contract).Why(Purpose.Personalisation, Feature));
        Assert.Equal(Reason.ConsentWithdrawn, Ask.About(Subscriber, withdrawn).Why(Purpose.Personalisation, Feature));
        Assert.Equal(LegalBasis.Consent, Ask.About(Subscriber, withdrawn, anew).For(Purpose.Personalisation, Feature).Basis);
    }

    [Fact]
    [Trait("Compliance", "R-021")]
    public void What_a_contract_owes_goes_on_though_a_consent_to_it_was_withdrawn()
    {
        var withdrawn = Ask.Consent(Purpose.CustomerCare).Withdrawn(Ask.Now.AddDays(-2));

        Assert.Equal(LegalBasis.Contract, (Ask.About(Subscriber, withdrawn) with { Contract = new("order:1", IsOfAnother: false) { IsNamed = true } }).For(Purpose.CustomerCare).Basis);
    }

    [Fact]
    public void Restricted_data_serves_consent_claims_and_the_law_only()
    {
        var question = Ask.About(Ask.Customer, Ask.Consent()) with { IsRestricted = true };

        Assert.Equal(Reason.Restricted, question.Of("order.placed").Why(Purpose.OrderFulfilment));
        Assert.Equal(Reason.None, question.Of("order.placed").Why(Purpose.AccountingTax));
        Assert.Equal(Reason.None, question.Why(Purpose.DirectMarketing));
        Assert.Equal(Reason.None, question.Why(Purpose.LegalClaims, Ask.Assessed("LEGAL_CLAIMS")));
        Assert.Equal(Reason.Restricted, question.Why(Purpose.FraudSecurity, Ask.Assessed("FRAUD_SECURITY")));
    }
}
