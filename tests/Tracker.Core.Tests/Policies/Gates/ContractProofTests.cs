using System.Text.Json.Nodes;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Policies.Gates;

/// <summary>A contract carries what it is necessary for, and nothing else (GDPR Art. 6(1)(b), R-022).</summary>
public sealed class ContractProofTests
{
    private static readonly DateTimeOffset Earlier = Ask.Now.AddDays(-9);

    private static readonly Facts Member = Ask.Lead with { LoyaltyJoinedAt = Earlier };

    public static TheoryData<ContractKind, Facts, Facts> Contracts => new()
    {
        { ContractKind.Purchase, Member, Ask.Customer },
        { ContractKind.Continuing, Member, Member with { ContractStartedAt = Earlier } },
        { ContractKind.Account, Member, Member with { AccountOpenedAt = Earlier } },
        { ContractKind.Account, Member, Member with { AccountShownAt = Earlier } },
        { ContractKind.Loyalty, Ask.Customer, Member },
        { ContractKind.Loyalty, Ask.Customer, Ask.Lead with { LoyaltyShownAt = Earlier } },
    };

    [Theory]
    [MemberData(nameof(Contracts))]
    [Trait("Compliance", "R-022")]
    public void A_contract_proves_itself_and_no_other(ContractKind kind, Facts without, Facts with)
    {
        var policy = Necessary(kind);

        Assert.Equal(Reason.ContractRefInvalid, Ask.About(without).On(LegalBasis.Contract).Why(Purpose.CustomerCare, policy));
        Assert.Equal([EnumNames<ContractKind>.Of(kind)], Ask.About(with).On(LegalBasis.Contract).For(Purpose.CustomerCare, policy).EvidenceIds);
    }

    [Fact]
    [Trait("Compliance", "R-022")]
    public void A_number_that_the_interaction_names_proves_itself_and_no_other()
    {
        var (question, policy) = (Ask.About(Member), Necessary(ContractKind.Named));
        var named = question with { Contract = new("order:1", IsOfAnother: false) { IsNamed = true } };

        Assert.Equal(Reason.ContractRefInvalid, question.On(LegalBasis.Contract).Why(Purpose.CustomerCare, policy));
        Assert.Equal(["order:1"], named.On(LegalBasis.Contract).For(Purpose.CustomerCare, policy).EvidenceIds);
        Assert.Equal(["LOYALTY"], named.Of("loyalty.scanned").For(Purpose.LoyaltyProgramme).EvidenceIds);
    }

    [Fact]
    [Trait("Compliance", "R-022")]
    public void A_purchase_is_no_account() =>
        Assert.Equal(Reason.ContractRefInvalid, Ask.About(Ask.Customer).Of("login.succeeded").Why(Purpose.ServiceDelivery));

    [Fact]
    [Trait("Compliance", "R-022")]
    public void A_purchase_is_no_membership() =>
        Assert.Equal(Reason.ContractRefInvalid, Ask.About(Ask.Customer).Of("loyalty.scanned").Why(Purpose.LoyaltyProgramme));

    [Fact]
    [Trait("Compliance", "R-022")]
    public void What_ran_later_or_is_over_carries_nothing()
    {
        var joinedLater = Ask.Customer with { LoyaltyJoinedAt = Ask.Now };
        var left = Ask.Customer with { LoyaltyJoinedAt = Earlier, LoyaltyLeftAt = Ask.Now.AddDays(-1) };
        var closed = Ask.Customer with { AccountShownAt = Earlier, AccountClosedAt = Ask.Now.AddDays(-1) };

        Assert.Equal(Reason.ContractRefInvalid, Ask.About(joinedLater).Of("loyalty.scanned").Why(Purpose.LoyaltyProgramme));
        Assert.Equal(Reason.ContractRefInvalid, Ask.About(left).Of("loyalty.scanned").Why(Purpose.LoyaltyProgramme));
        Assert.Equal(Reason.ContractRefInvalid, Ask.About(closed).Of("login.succeeded").Why(Purpose.ServiceDelivery));
    }

    [Fact]
    public void The_terms_of_an_account_that_a_sign_in_shows_carry_its_service()
    {
        var standard = PolicyRegister.LoadShipped("it-standard");
        var user = Ask.Lead with { AccountShownAt = Earlier };

        Assert.Equal(LegalBasis.Contract, Ask.About(user).Of("login.succeeded").For(Purpose.ServiceDelivery, standard).Basis);
    }

    private static Policy Necessary(ContractKind kind) =>
        APolicy.With(document => document.Purpose("CUSTOMER_CARE")["contracts"] = new JsonArray(EnumNames<ContractKind>.Of(kind)));
}
