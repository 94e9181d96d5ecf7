using CsCheck;
using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Tests.Consents;

public sealed class ConsentHistoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Late_arriving_older_grant_does_not_undo_a_withdrawal()
    {
        var spans = Fold([Entry(ConsentState.Withdrawn, Noon), Entry(ConsentState.Given, Noon.AddHours(-1))]);

        Assert.Equal(Noon, Assert.Single(spans).Until);
    }

    [Fact]
    public void A_grant_after_a_withdrawal_counts()
    {
        var spans = Fold([Entry(ConsentState.Withdrawn, Noon), Entry(ConsentState.Given, Noon.AddHours(1))]);

        Assert.Equal(Noon.AddHours(1).AddYears(2), Assert.Single(spans).Until);
    }

    [Fact]
    public void Grant_and_withdrawal_at_the_same_instant_leave_nothing()
    {
        var span = Assert.Single(Fold([Entry(ConsentState.Given, Noon), Entry(ConsentState.Withdrawn, Noon)]));

        Assert.Equal(span.From, span.Until);
        Assert.True(span.End == SpanEnd.Withdrawn);
    }

    [Fact]
    public void Withdrawing_one_medium_leaves_the_other()
    {
        var spans = Fold([
            Entry(ConsentState.Given, Noon, ContactChannel.Email, ContactChannel.Sms),
            Entry(ConsentState.Withdrawn, Noon.AddDays(1), ContactChannel.Sms)]);

        Assert.Equal(Noon.AddDays(1), spans.Single(span => span.ContactChannel == ContactChannel.Sms).Until);
        Assert.Equal(Noon.AddYears(2), spans.Single(span => span.ContactChannel == ContactChannel.Email).Until);
    }

    [Fact]
    public void A_withdrawal_of_one_purpose_leaves_another()
    {
        var spans = Fold([Entry(ConsentState.Given, Noon), Entry(ConsentState.Withdrawn, Noon.AddDays(1)) with { Purpose = Purpose.Profiling }]);

        Assert.False(Assert.Single(spans).End == SpanEnd.Withdrawn);
    }

    [Fact]
    public void The_order_of_arrival_does_not_matter()
    {
        var entry = Gen.Select(Gen.Enum<ConsentState>(), Gen.Int[0, 20], Gen.Enum<ContactChannel>().Array[0, 2])
            .Select((state, hours, channels) => Entry(state, Noon.AddHours(hours), [.. channels.Distinct().Where(channel => channel != ContactChannel.Unspecified)]));

        Gen.Select(entry.Array[0, 6], Gen.Int).Sample((entries, seed) =>
        {
            var shuffled = entries.ToArray();
            new Random(seed).Shuffle(shuffled);
            return Sorted(Fold(entries)).SequenceEqual(Sorted(Fold(shuffled)));
        });
    }

    [Fact]
    [Trait("Compliance", "E17")]
    public void A_consent_whose_proof_is_not_newer_than_the_withdrawal_loses()
    {
        var give = Entry(ConsentState.Given, Noon.AddMinutes(3)) with { Evidence = Proof(Noon) };

        var span = Assert.Single(Fold([Entry(ConsentState.Withdrawn, Noon.AddMinutes(1)), give]));

        Assert.Equal((span.From, SpanEnd.Withdrawn), (span.Until, span.End));
    }

    [Fact]
    [Trait("Compliance", "E18")]
    public void Whatever_comes_first_in_the_ledger_the_withdrawal_of_the_same_millisecond_wins()
    {
        var one = Assert.Single(Fold([Entry(ConsentState.Given, Noon), Entry(ConsentState.Withdrawn, Noon)]));
        var other = Assert.Single(Fold([Entry(ConsentState.Withdrawn, Noon), Entry(ConsentState.Given, Noon)]));

        Assert.Equal((one.Until, one.End), (other.Until, other.End));
        Assert.Equal(SpanEnd.Withdrawn, one.End);
    }

    [Fact]
    [Trait("Compliance", "R-032")]
    public void A_pending_consent_permits_nothing_and_gives_way_to_its_confirmation()
    {
        var pending = Entry(ConsentState.PendingConfirmation, Noon) with { ConfirmBy = Noon.AddDays(7) };
        var confirmed = Entry(ConsentState.Given, Noon.AddHours(1)) with { RefersTo = pending.Id };

        Assert.True(Assert.Single(Fold([pending])).IsPending);
        Assert.Equal((confirmed.Id, false), Assert.Single(Fold([pending, confirmed])) is var span ? (span.Id, span.IsPending) : default);
    }

    [Fact]
    public void A_list_of_a_partner_is_pending_whatever_it_says() =>
        Assert.True(Assert.Single(Fold([Entry(ConsentState.Given, Noon) with { Evidence = Proof(Noon, EvidenceKind.PartnerFeed) }])).IsPending);

    [Fact]
    [Trait("Compliance", "E14")]
    public void What_is_invalidated_never_counted_not_even_before()
    {
        var give = Entry(ConsentState.Given, Noon);
        var invalidated = Entry(ConsentState.Invalidated, Noon.AddDays(9)) with { RefersTo = give.Id };

        var span = Assert.Single(Fold([give, invalidated, Entry(ConsentState.Withdrawn, Noon.AddDays(3))]));

        Assert.Equal((Noon, SpanEnd.Invalidated), (span.Until, span.End));
    }

    [Fact]
    public void A_renewal_leaves_the_consent_it_supersedes_in_force_for_what_was_collected_under_it()
    {
        var give = Entry(ConsentState.Given, Noon);
        var renewed = Entry(ConsentState.Renewed, Noon.AddDays(9)) with { RefersTo = give.Id };

        var spans = Fold([give, renewed]);

        Assert.All(spans, span => Assert.Equal(SpanEnd.Time, span.End));
        Assert.All(Fold([give, renewed, Entry(ConsentState.Withdrawn, Noon.AddDays(10))]), span => Assert.Equal(Noon.AddDays(10), span.Until));
    }

    [Fact]
    public void What_the_controller_stops_is_told_apart_from_a_withdrawal()
    {
        var span = Assert.Single(Fold([Entry(ConsentState.Given, Noon), Entry(ConsentState.RevokedByController, Noon.AddDays(1))]));

        Assert.Equal((Noon.AddDays(1), SpanEnd.Revoked), (span.Until, span.End));
    }

    [Fact]
    [Trait("Compliance", "R-020")]
    public void Withdrawing_for_one_recipient_leaves_the_others()
    {
        var one = Entry(ConsentState.Given, Noon) with { Purpose = Purpose.ThirdPartySharing, Recipient = "one" };
        var end = Entry(ConsentState.Withdrawn, Noon.AddDays(1)) with { Purpose = Purpose.ThirdPartySharing, Recipient = "one" };

        var spans = Fold([one, one with { Id = ConsentId.New(Noon), Recipient = "two" }, end]);

        Assert.Equal(SpanEnd.Withdrawn, spans.Single(span => span.Recipient == "one").End);
        Assert.Equal(SpanEnd.Time, spans.Single(span => span.Recipient == "two").End);
    }

    private static Evidence Proof(DateTimeOffset at, EvidenceKind kind = EvidenceKind.Form) => new(kind, new string('a', 64), at, "web");

    private static IReadOnlyList<ConsentSpan> Fold(params IReadOnlyList<ConsentEntry> entries) => ConsentHistory.Fold(entries, Activity.None).Consents;

    private static IEnumerable<ConsentSpan> Sorted(IEnumerable<ConsentSpan> spans) =>
        spans.OrderBy(span => span.From).ThenBy(span => span.ContactChannel).ThenBy(span => span.Id.Value);

    private static ConsentEntry Entry(ConsentState state, DateTimeOffset at, params ContactChannel[] channels) => new()
    {
        Id = ConsentId.New(at),
        Tenant = new("t"),
        Profile = ProfileId.New(Noon),
        Source = new("s"),
        RequestHash = 1,
        Purpose = Purpose.DirectMarketing,
        ContactChannels = channels,
        State = state,
        EffectiveAt = at,
        RecordedAt = at,
        ValidUntil = at.AddYears(2),
        ExpireAt = at.AddYears(7),
    };
}
