using System.Globalization;
using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Tests.Policies;

/// <summary>The rules of compliance 3.2, each by its anchors.</summary>
public sealed class RetentionRuleTests
{
    private static readonly Policy Strict = PolicyRegister.LoadShipped(PolicyRegister.DefaultProfile);
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<Purpose, DataCategory, LegalBasis, EPrivacyGround, string> Keys => new()
    {
        { Purpose.AccountingTax, DataCategory.IdentityFiscal, LegalBasis.LegalObligation, EPrivacyGround.NotApplicable, "IT-TAX-1" },
        { Purpose.OrderFulfilment, DataCategory.Contact, LegalBasis.Contract, EPrivacyGround.NotApplicable, "IT-ORD-1" },
        { Purpose.LegalClaims, DataCategory.CommercialProfiling, LegalBasis.LegitimateInterest, EPrivacyGround.NotApplicable, "IT-CLM-1" },
        { Purpose.Precontract, DataCategory.Contact, LegalBasis.PreContract, EPrivacyGround.NotApplicable, "IT-QUO-1" },
        { Purpose.OrderFulfilment, DataCategory.Contact, LegalBasis.PreContract, EPrivacyGround.NotApplicable, "IT-QUO-2" },
        { Purpose.CreditRisk, DataCategory.Financial, LegalBasis.PreContract, EPrivacyGround.NotApplicable, "IT-QUO-3" },
        { Purpose.ServiceDelivery, DataCategory.Contact, LegalBasis.Contract, EPrivacyGround.NotApplicable, "IT-SVC-1" },
        { Purpose.ServiceDelivery, DataCategory.MarketingOnline, LegalBasis.LegitimateInterest, EPrivacyGround.Technical122, "IT-VIS-1" },
        { Purpose.Analytics, DataCategory.MarketingOnline, LegalBasis.LegitimateInterest, EPrivacyGround.Technical122, "IT-VIS-2" },
        { Purpose.DirectMarketing, DataCategory.Contact, LegalBasis.Consent, EPrivacyGround.Consent130, "IT-MKT-1" },
        { Purpose.DirectMarketing, DataCategory.CommercialProfiling, LegalBasis.Consent, EPrivacyGround.Consent130, "IT-MKT-2" },
        { Purpose.DirectMarketing, DataCategory.Contact, LegalBasis.LegitimateInterest, EPrivacyGround.SoftOptIn1304, "IT-SOI-1" },
        { Purpose.DirectMarketing, DataCategory.Contact, LegalBasis.LegitimateInterest, EPrivacyGround.NotApplicable, "IT-LI-1" },
        { Purpose.Profiling, DataCategory.CommercialProfiling, LegalBasis.Consent, EPrivacyGround.Consent122, "IT-PRO-1" },
        { Purpose.Profiling, DataCategory.Inferred, LegalBasis.Consent, EPrivacyGround.Consent122, "IT-PRO-2" },
        { Purpose.Analytics, DataCategory.MarketingOnline, LegalBasis.Consent, EPrivacyGround.Consent122, "IT-ANA-1" },
        { Purpose.Personalisation, DataCategory.CommercialProfiling, LegalBasis.Consent, EPrivacyGround.Consent122, "IT-PER-1" },
        { Purpose.ThirdPartySharing, DataCategory.Contact, LegalBasis.Consent, EPrivacyGround.NotApplicable, "IT-3RD-1" },
        { Purpose.CreditRisk, DataCategory.Financial, LegalBasis.Contract, EPrivacyGround.NotApplicable, "IT-CRD-1" },
        { Purpose.ConsentEvidence, DataCategory.Evidence, LegalBasis.LegalObligation, EPrivacyGround.NotApplicable, "IT-EVI-1" },
        { Purpose.ConsentEvidence, DataCategory.MarketingOnline, LegalBasis.LegalObligation, EPrivacyGround.NotApplicable, "IT-CKC-1" },
        { Purpose.Suppression, DataCategory.Evidence, LegalBasis.LegalObligation, EPrivacyGround.NotApplicable, "IT-SUP-1" },
        { Purpose.RightsHandling, DataCategory.Evidence, LegalBasis.LegalObligation, EPrivacyGround.NotApplicable, "IT-DSR-1" },
        { Purpose.FraudSecurity, DataCategory.Evidence, LegalBasis.LegitimateInterest, EPrivacyGround.NotApplicable, "IT-AUD-1" },
    };

    public static TheoryData<string, Anchor, string> Ends => new()
    {
        { "IT-ORD-1", Anchor.ContractEnd, "2029-01-23T12:00:00Z" },
        { "IT-CLM-1", Anchor.ContractEnd, "2036-11-23T12:00:00Z" },
        { "IT-CLM-1", Anchor.ObjectionUpheld, "2026-11-23T12:00:00Z" },
        { "IT-QUO-1", Anchor.QuoteExpiry, "2027-05-23T11:00:00Z" },
        { "IT-SVC-1", Anchor.ContractEnd, "2026-12-23T12:00:00Z" },
        { "IT-SVC-1", Anchor.ConsentEnd, "2026-11-23T12:00:00Z" },
        { "IT-LOY-1", Anchor.ContractEnd, "2026-12-23T12:00:00Z" },
        { "IT-LI-1", Anchor.ObjectionUpheld, "2026-11-23T12:00:00Z" },
        { "IT-MKT-1", Anchor.ConsentEnd, "2026-11-23T12:00:00Z" },
        { "IT-MKT-1", Anchor.Objection, "2026-11-23T12:00:00Z" },
        { "IT-SOI-1", Anchor.Objection, "2026-11-23T12:00:00Z" },
        { "IT-SOI-1", Anchor.LastPurchase, "2028-11-23T12:00:00Z" },
        { "IT-PRO-2", Anchor.EventTime, "2027-11-23T12:00:00Z" },
        { "IT-3RD-1", Anchor.EventTime, "2031-11-23T12:00:00Z" },
        { "IT-CRD-1", Anchor.CaseClosed, "2027-11-23T12:00:00Z" },
        { "IT-EVI-1", Anchor.ConsentEnd, "2031-11-23T12:00:00Z" },
        { "IT-DSR-1", Anchor.CaseClosed, "2031-11-23T12:00:00Z" },
        { "IT-SUP-1", Anchor.Review, "2036-11-23T12:00:00Z" },
        { "IT-CKC-1", Anchor.EventTime, "2027-11-23T12:00:00Z" },
        { "IT-AUD-1", Anchor.EventTime, "2028-11-23T12:00:00Z" },
        { "IT-VIS-1", Anchor.EventTime, "2026-11-24T12:00:00Z" },
        { "IT-LI-1", Anchor.LastInteraction, "2028-11-23T12:00:00Z" },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    [Trait("Compliance", "R-011")]
    public void The_most_specific_rule_keeps(Purpose purpose, DataCategory category, LegalBasis basis, EPrivacyGround ground, string rule) =>
        Assert.Equal(rule, Strict.FindRule(purpose, category, basis, ground)?.Id);

    [Theory]
    [MemberData(nameof(Ends))]
    [Trait("Compliance", "R-011")]
    public void A_rule_ends_from_each_of_its_anchors(string rule, Anchor anchor, string end)
    {
        var due = RetentionArithmetic.Due(Strict.Rules.Single(candidate => candidate.Id == rule), With(anchor), Strict.Zone);

        Assert.Equal(DateTimeOffset.Parse(end, CultureInfo.InvariantCulture), due);
    }

    [Theory]
    [InlineData("2026-03-10", "2036-12-31T23:00:00Z")] // V10
    [InlineData("2027-01-01", "2037-12-31T23:00:00Z")] // V11
    [InlineData("2028-02-29", "2038-12-31T23:00:00Z")]
    [Trait("Compliance", "R-161")]
    [Trait("Compliance", "E45")]
    public void Tax_counted_from_the_end_of_the_year_ends_with_a_year(string booked, string end)
    {
        var own = Documents.Lay("\"fiscal_anchor\": \"FISCAL_YEAR_END\"");
        var anchors = With(Anchor.FiscalEntry) with { FiscalEntry = DateOnly.Parse(booked, CultureInfo.InvariantCulture) };

        Assert.Equal(DateTimeOffset.Parse(end, CultureInfo.InvariantCulture), RetentionArithmetic.Due(own.Rules.Single(rule => rule.Id == "IT-TAX-1"), anchors, own.Zone));
    }

    [Fact]
    [Trait("Compliance", "R-161")]
    public void The_booking_day_of_a_sale_late_on_new_year_s_eve_is_that_of_Rome() =>
        Assert.Equal(new DateOnly(2027, 1, 1), CalendarArithmetic.LocalDate(new(2026, 12, 31, 23, 30, 0, TimeSpan.Zero), Strict.Zone)); // V11

    [Fact]
    public void Without_a_purchase_a_soft_opt_in_ends_from_the_event_itself()
    {
        var due = RetentionArithmetic.Due(Strict.Rules.Single(rule => rule.Id == "IT-SOI-1"), With(Anchor.EventTime), Strict.Zone);

        Assert.Equal(Noon.AddMonths(24), due);
    }

    [Fact]
    [Trait("Compliance", "R-024")]
    public void A_duty_by_law_names_the_fields_that_it_obliges_to_keep()
    {
        var tax = Strict.LegalRules.Single(rule => rule.Id == "IT-CC-2220");

        Assert.True(tax.Fields.Contains(Core.Model.Content.ContentField.FiscalTaxCode));
        Assert.False(tax.Fields.Contains(Core.Model.Content.ContentField.PreferencesInterests));
        Assert.True(Strict.FieldsNeeded(Purpose.AccountingTax).Except(tax.Fields).IsEmpty);
    }

    /// <summary>Everything at noon, and of the anchors that may be unknown only the one in question known.</summary>
    private static RetentionAnchors With(Anchor anchor)
    {
        var anchors = new RetentionAnchors { EventTime = Noon, FiscalEntry = CalendarArithmetic.LocalDate(Noon, Strict.Zone), LastInteraction = Noon };
        return anchor switch
        {
            Anchor.ContractEnd => anchors with { ContractEnd = Noon },
            Anchor.ConsentEnd => anchors with { ConsentEnd = Noon },
            Anchor.Objection => anchors with { Objection = Noon },
            Anchor.ObjectionUpheld => anchors with { ObjectionUpheld = Noon },
            Anchor.QuoteExpiry => anchors with { QuoteExpiry = Noon },
            Anchor.CaseClosed => anchors with { CaseClosed = Noon },
            Anchor.Review => anchors with { Review = Noon },
            Anchor.LastPurchase => anchors with { LastPurchase = Noon, EventTime = Noon.AddYears(1) },
            _ => anchors,
        };
    }
}
