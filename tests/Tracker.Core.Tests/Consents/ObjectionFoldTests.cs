using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies.History;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

public sealed class ObjectionFoldTests
{
    private static readonly DateTimeOffset Noon = A.Noon;

    [Fact]
    [Trait("Compliance", "R-076")]
    public void An_objection_to_marketing_is_upheld_at_once_and_has_no_expiry()
    {
        var span = Assert.Single(Fold(Objection()).Objections);

        Assert.Equal((true, ContactChannel.Unspecified, DateTimeOffset.MaxValue), (span.IsUpheld, span.ContactChannel, span.Until));
    }

    [Fact]
    [Trait("Compliance", "R-075")]
    public void Any_other_objection_waits_for_its_decision()
    {
        var objection = Objection(Purpose.CustomerCare);

        Assert.False(Assert.Single(Fold(objection).Objections).IsUpheld);
        Assert.True(Assert.Single(Fold(objection, Decision(objection, ConsentState.ObjectionUpheld)).Objections).IsUpheld);
        Assert.Equal(Noon.AddDays(20), Assert.Single(Fold(objection, Decision(objection, ConsentState.ObjectionRejected)).Objections).Until);
    }

    [Fact]
    public void An_objection_to_marketing_cannot_be_rejected()
    {
        var objection = Objection();

        Assert.Equal(DateTimeOffset.MaxValue, Assert.Single(Fold(objection, Decision(objection, ConsentState.ObjectionRejected)).Objections).Until);
    }

    [Fact]
    [Trait("Compliance", "R-076")]
    public void Nor_can_one_to_what_belongs_to_marketing()
    {
        var objection = Objection(Purpose.Profiling);
        var activity = Activity.None with { ObjectionReach = new Dictionary<Purpose, IReadOnlySet<Purpose>> { [Purpose.DirectMarketing] = new HashSet<Purpose> { Purpose.Profiling } } };

        var span = Assert.Single(ConsentHistory.Fold([objection, Decision(objection, ConsentState.ObjectionRejected)], activity).Objections);

        Assert.Equal((true, DateTimeOffset.MaxValue), (span.IsUpheld, span.Until));
    }

    [Fact]
    public void A_newer_consent_of_the_person_ends_it_for_the_media_it_is_about()
    {
        var history = Fold(Objection(), Consent(Noon.AddDays(2)));

        Assert.Equal(Noon.AddDays(2), Of(history, ContactChannel.Unspecified).Until);
        Assert.Equal(DateTimeOffset.MaxValue, Of(history, ContactChannel.Sms).Until);
        Assert.DoesNotContain(history.Objections, span => span.ContactChannel == ContactChannel.Email);
    }

    [Fact]
    public void An_older_consent_that_arrives_later_and_a_partners_list_do_not_end_it()
    {
        var older = Consent(Noon.AddDays(-1));
        var partners = Consent(Noon.AddDays(2)) with { Evidence = new(EvidenceKind.PartnerFeed, new string('a', 64), Noon.AddDays(2), "list") };

        Assert.Equal(DateTimeOffset.MaxValue, Assert.Single(Fold(Objection(), older, partners).Objections).Until);
    }

    [Fact]
    [Trait("Compliance", "R-021")]
    public void It_ends_the_consents_and_soft_opt_ins_of_its_purpose()
    {
        var history = Fold(Consent(Noon.AddDays(-3)), SoftOptIn(Noon.AddDays(-2)), Objection());

        Assert.Equal((Noon, SpanEnd.Withdrawn), (Assert.Single(history.Consents).Until, history.Consents[0].End));
        Assert.Equal(Noon, Assert.Single(history.SoftOptIns).Until);
    }

    [Fact]
    [Trait("Compliance", "R-156")]
    public void Who_refused_before_the_sale_has_given_no_soft_opt_in_unless_a_consent_came_between()
    {
        var refused = Fold(Consent(Noon.AddDays(-5)) with { State = ConsentState.Refused }, SoftOptIn(Noon));
        var again = Fold(Consent(Noon.AddDays(-5)) with { State = ConsentState.Refused }, Consent(Noon.AddDays(-1)), SoftOptIn(Noon));

        Assert.Equal(Noon, Assert.Single(refused.SoftOptIns).Until);
        Assert.Equal(DateTimeOffset.MaxValue, Assert.Single(again.SoftOptIns).Until);
    }

    [Fact]
    public void An_old_objection_to_a_purpose_without_media_that_names_one_stands_for_the_purpose()
    {
        var history = Fold(Objection(Purpose.CustomerCare) with { ContactChannels = [ContactChannel.PhoneOperator] });

        Assert.Equal(ContactChannel.Unspecified, Assert.Single(history.Objections).ContactChannel);
    }

    private static PermissionHistory Fold(params ConsentEntry[] entries) => ConsentHistory.Fold(entries, Activity.None);

    private static ObjectionSpan Of(PermissionHistory history, ContactChannel channel) => history.Objections.Single(span => span.ContactChannel == channel);

    private static ConsentEntry Objection(Purpose purpose = Purpose.DirectMarketing) => A.Consent(A.Ada, request: 1) with
    {
        Kind = LedgerKind.Objection,
        State = ConsentState.Objected,
        Purpose = purpose,
        ContactChannels = [],
        Evidence = null,
    };

    private static ConsentEntry Decision(ConsentEntry objection, ConsentState state) => objection with
    {
        Id = A.Consent(A.Ada, request: 9).Id,
        State = state,
        EffectiveAt = Noon.AddDays(20),
        RefersTo = objection.Id,
    };

    private static ConsentEntry Consent(DateTimeOffset at) => A.Consent(A.Ada, request: at.DayOfYear + 10) with { EffectiveAt = at, ValidUntil = null, Evidence = null };

    private static ConsentEntry SoftOptIn(DateTimeOffset at) => A.Consent(A.Ada, request: 3) with
    {
        Kind = LedgerKind.SoftOptIn,
        State = ConsentState.Noted,
        EffectiveAt = at,
        SoftOptIn = new(IsAddressFromSubject: true, IsSale: true, WasInformed: true),
    };
}
