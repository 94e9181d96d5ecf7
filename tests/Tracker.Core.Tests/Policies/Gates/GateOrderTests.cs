using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Tests.Policies.Gates;

/// <summary>Where two things are in the way, the one that comes first in the order of the gate is told (compliance 3.7).</summary>
public sealed class GateOrderTests
{
    private static readonly SubjectAge Child = new(DateOnly.FromDateTime(Ask.Now.AddYears(-15).Date), "");
    private static readonly ContractReference OfAnother = new("order:1", IsOfAnother: true);
    private static readonly Policy Security = Ask.Assessed("FRAUD_SECURITY");

    /// <summary>Asked for as technical, and not minimised.</summary>
    private static readonly GateQuestion Visit = Ask.About(Facts.None).Of("page.viewed").On(LegalBasis.LegitimateInterest);

    public static TheoryData<string, Reason, Reason> Pairs => new()
    {
        { "category, age", Reason.PurposeCategoryMismatch, (Ask.About(Ask.Lead, Ask.Consent(Purpose.Personalisation)) with { Age = Child, IsDerivedOnly = true }).Why(Purpose.Personalisation) },
        { "age, offences", Reason.MinorProfiling, (Ask.About(Ask.Lead, Ask.Consent(Purpose.Profiling)) with { Age = Child, IsCriminal = true }).Why(Purpose.Profiling) },
        { "age, special categories", Reason.MinorProfiling, (Ask.About(Ask.Lead, Ask.Consent(Purpose.Profiling)) with { Age = Child, IsSpecialOnly = true }).Why(Purpose.Profiling) },
        { "offences, special categories", Reason.Art10Forbidden, (Ask.About(Ask.Lead, Ask.Consent(Purpose.Profiling)) with { IsCriminal = true, IsSpecialOnly = true }).Why(Purpose.Profiling) },
        { "special categories, evidence", Reason.Art9Condition, (Ask.About(Ask.Lead) with { IsSpecialOnly = true }).Why(Purpose.Profiling) },
        { "offences, cell", Reason.Art10Forbidden, (Ask.About(Ask.Lead) with { IsCriminal = true }).Why(Purpose.OrderFulfilment) },
        { "special categories, cell", Reason.Art9Condition, (Ask.About(Ask.Lead) with { IsSpecialOnly = true }).Why(Purpose.OrderFulfilment) },
        { "swap, cell", Reason.BasisSwapForbidden, Ask.About(Ask.Lead, Ask.Consent().Withdrawn(Ask.Now.AddDays(-1))).On(LegalBasis.LegitimateInterest).By(ContactChannel.Email).Why(Purpose.DirectMarketing) },
        { "stage, evidence", Reason.StageNotEligible, (Ask.About(Ask.Lead) with { Contract = OfAnother }).Why(Purpose.OrderFulfilment) },
        { "cell, evidence", Reason.BasisNotAdmissible, Ask.About(Ask.Lead).On(LegalBasis.Contract).By(ContactChannel.Email).Why(Purpose.DirectMarketing) },
        { "evidence, ground", Reason.ConsentMissing, Ask.About(Ask.Lead).By(ContactChannel.PhoneOperator).Why(Purpose.DirectMarketing) },
        { "evidence, restriction", Reason.ContractRefInvalid, (Ask.About(Ask.Customer) with { Contract = OfAnother, IsRestricted = true }).On(LegalBasis.Contract).Why(Purpose.OrderFulfilment) },
        { "ground, restriction", Reason.EprivacyGround, (Visit with { IsRestricted = true }).Why(Purpose.Analytics) },
        { "objection, restriction", Reason.Objected, (Ask.About(Ask.Customer).Objecting(Ask.Objection(Purpose.FraudSecurity)) with { IsRestricted = true }).Why(Purpose.FraudSecurity, Security) },
        { "objection, evidence", Reason.Objected, Ask.About(Ask.Lead).Objecting(Ask.Objection(Purpose.DirectMarketing)).By(ContactChannel.Email).Why(Purpose.DirectMarketing) },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void First_of_two_is_told(string pair, Reason first, Reason told) => Assert.True(first == told, $"{pair}: {told}");

    [Fact]
    public void Purpose_that_no_rule_knows_is_told_before_all_else() =>
        Assert.Equal(Reason.PurposeUnknown, (Ask.About(Ask.Lead) with { Age = Child, IsCriminal = true }).Why((Purpose)200));

    /// <summary>Each on its own is in the way, so that the pairs above are pairs.</summary>
    [Fact]
    public void Second_of_each_pair_is_in_the_way_alone()
    {
        var consented = Ask.About(Ask.Lead, Ask.Consent(Purpose.Profiling));

        Assert.Equal(Reason.MinorProfiling, (consented with { Age = Child }).Why(Purpose.Profiling));
        Assert.Equal(Reason.Art10Forbidden, (consented with { IsCriminal = true }).Why(Purpose.Profiling));
        Assert.Equal(Reason.Art9Condition, (consented with { IsSpecialOnly = true }).Why(Purpose.Profiling));
        Assert.Equal(Reason.ConsentMissing, Ask.About(Ask.Lead).Why(Purpose.Profiling));
        Assert.Equal(Reason.ConsentMissing, Ask.About(Ask.Lead).By(ContactChannel.Email).Why(Purpose.DirectMarketing));
        Assert.Equal(Reason.RpoStale, Ask.About(Ask.Lead, Ask.Consent(medium: ContactChannel.PhoneOperator)).By(ContactChannel.PhoneOperator).Why(Purpose.DirectMarketing));
        Assert.Equal(Reason.StageNotEligible, Ask.About(Ask.Lead).Why(Purpose.OrderFulfilment));
        Assert.Equal(Reason.BasisNotAdmissible, Ask.About(Ask.Lead).On(LegalBasis.LegitimateInterest).By(ContactChannel.Email).Why(Purpose.DirectMarketing));
        Assert.Equal(Reason.ContractRefInvalid, (Ask.About(Ask.Customer) with { Contract = OfAnother }).Why(Purpose.OrderFulfilment));
        Assert.Equal(Reason.Restricted, (Visit with { IsMinimised = true, IsRestricted = true }).Why(Purpose.Analytics));
        Assert.Equal(Reason.Restricted, (Ask.About(Ask.Customer) with { IsRestricted = true }).Why(Purpose.FraudSecurity, Security));
        Assert.Equal(Reason.Restricted, (Ask.About(Ask.Customer) with { Contract = new("order:1", IsOfAnother: false) { IsNamed = true }, IsRestricted = true }).On(LegalBasis.Contract).Why(Purpose.OrderFulfilment));
    }
}
