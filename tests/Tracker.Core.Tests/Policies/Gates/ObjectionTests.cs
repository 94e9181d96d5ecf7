using Tracker.Core.Model;

namespace Tracker.Core.Tests.Policies.Gates;

public sealed class ObjectionTests
{
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
