using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Policies.Gates;

public sealed class SoftOptInProofTests
{
    public static readonly SoftOptIn Given = new(ConsentId.New(Ask.Now), IsAddressFromSubject: true, IsSale: true, WasInformed: true, Ask.Now.AddMonths(-2), DateTimeOffset.MaxValue);

    private static readonly MessageTerms Fair = new(IsOwnProduct: true, IsSimilarProduct: true, OffersOptOut: true);

    public static TheoryData<string> Flips => ["medium", "address", "sale", "informed", "own", "similar", "opt_out", "refused", "window", "nothing stated"];

    [Fact]
    [Trait("Compliance", "R-156")]
    public void A_customer_who_gave_the_address_in_a_sale_may_be_written_to_about_similar_products()
    {
        var verdict = Question().For(Purpose.DirectMarketing);

        Assert.Equal((LegalBasis.LegitimateInterest, EPrivacyGround.SoftOptIn1304), (verdict.Basis, verdict.Ground));
        Assert.Equal([$"{Given.Id}"], verdict.EvidenceIds);
        Assert.Equal(Ask.Customer.LastPurchaseAt!.Value.AddMonths(24), verdict.ConsentUntil);
    }

    [Theory]
    [MemberData(nameof(Flips))]
    [Trait("Compliance", "R-156")]
    public void Each_condition_is_needed(string flip)
    {
        var question = Flip(flip).On(LegalBasis.LegitimateInterest);

        Assert.Equal(Reason.SoftOptInCondition, question.Why(Purpose.DirectMarketing));
        Assert.False((question with { Basis = null }).For(Purpose.DirectMarketing).IsPermitted);
    }

    [Fact]
    [Trait("Compliance", "R-156")]
    public void A_quote_is_no_sale() =>
        Assert.False((Question() with { Facts = Ask.Prospect }).For(Purpose.DirectMarketing).IsPermitted);

    [Fact]
    [Trait("Compliance", "R-076")]
    public void An_objection_ends_it()
    {
        Assert.Equal(Reason.Objected, Question().Objecting(Ask.Objection(Purpose.DirectMarketing)).Why(Purpose.DirectMarketing));
        Assert.Equal(Reason.Objected, Question().Objecting(Ask.Objection(Purpose.DirectMarketing, ContactChannel.Email)).Why(Purpose.DirectMarketing));
    }

    [Fact]
    public void Nobody_who_gave_no_address_in_a_sale_is_told_of_conditions() =>
        Assert.Equal(Reason.ConsentMissing, (Question() with { History = PermissionHistory.None }).Why(Purpose.DirectMarketing));

    [Fact]
    public void The_person_s_own_act_sends_no_message_and_needs_no_terms() =>
        Assert.Equal(Reason.None, (Question() with { Message = null, IsMessage = false }).Why(Purpose.DirectMarketing));

    [Fact]
    [Trait("Compliance", "R-156")]
    public void It_lets_in_no_address_but_the_one_it_was_noted_for()
    {
        Assert.Contains(ContentField.ContactEmail, Kept(A.Identifier(1), A.Identifier(1)));
        Assert.DoesNotContain(ContentField.ContactEmail, Kept(A.Identifier(1), A.Identifier(2)));
        Assert.DoesNotContain(ContentField.ContactPhone, Kept(A.Identifier(1), A.Identifier(1)));
    }

    private static IEnumerable<ContentField> Kept(IdentifierHash given, IdentifierHash stated) =>
        (Question() with { StatedAddresses = [stated], History = new() { SoftOptIns = [Given with { Addresses = [given] }] } }).For(Purpose.DirectMarketing).Fields.Members();

    private static GateQuestion Flip(string condition) => condition switch
    {
        "medium" => Question().By(ContactChannel.Sms),
        "address" => With(Given with { IsAddressFromSubject = false }),
        "sale" => With(Given with { IsSale = false }),
        "informed" => With(Given with { WasInformed = false }),
        "own" => Question() with { Message = Fair with { IsOwnProduct = false } },
        "similar" => Question() with { Message = Fair with { IsSimilarProduct = false } },
        "opt_out" => Question() with { Message = Fair with { OffersOptOut = false } },
        "refused" => With(Given with { Until = Ask.Now.AddDays(-1) }),
        "window" => Question() with { Facts = Ask.Former },
        _ => Question() with { Message = null },
    };

    private static GateQuestion With(SoftOptIn given) => Question() with { History = new PermissionHistory { SoftOptIns = [given] } };

    private static GateQuestion Question() => Ask.About(Ask.Customer).By(ContactChannel.Email) with
    {
        History = new PermissionHistory { SoftOptIns = [Given] },
        Message = Fair,
    };
}
