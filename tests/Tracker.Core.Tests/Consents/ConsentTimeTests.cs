using System.Text.Json.Nodes;
using Tracker.Core.Consents;
using Tracker.Core.Consents.Proof;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

public sealed class ConsentTimeTests : LedgerTests
{
    private static readonly DateTimeOffset Noon = TestTracker.Noon;

    [Theory]
    [InlineData(1)]
    [InlineData(3 * 60)]
    [InlineData(60 * 24 * 400)]
    [Trait("Compliance", "E16")]
    public async Task A_clock_that_is_ahead_dates_nothing_into_the_future(int minutes)
    {
        var recorded = await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, Noon.AddMinutes(minutes)) with { Evidence = Proof.Checkbox("c", Noon) with { CapturedAt = Noon.AddMinutes(minutes) } });

        Assert.Equal((Noon, Noon, Noon), (recorded.Entry!.EffectiveAt, recorded.Entry.NoticeShownAt, recorded.Entry.Evidence!.CapturedAt));
    }

    [Fact]
    [Trait("Compliance", "R-040")]
    public async Task The_proof_of_a_consent_that_is_found_void_after_six_years_can_be_shown_for_five_more()
    {
        var given = await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        for (var year = 1; year <= 6; year++)
        {
            GoTo(Noon.AddYears(year));
            await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, Now));
        }

        await Tracker.Closing.CloseAsync(
            Tracker.Caller,
            new() { RequestId = "c", Profile = new(null, An.Ada), Consent = given.Entry!.Id, State = ConsentState.Invalidated, Reason = EndReason.EvidenceVoid, AuthorityReference = "dpo-3" },
            Cancellation);
        GoTo(Noon.AddYears(11).AddDays(-1));
        await Tracker.Sweeper.SweepAsync(Cancellation);

        Assert.NotNull(await Tracker.Consents.GetProofAsync(Tracker.Caller, new(null, An.Ada), Purpose.ConsentEvidence, given.Entry.Id, Cancellation));
    }

    public static TheoryData<string, EvidenceDraft> Ahead => new()
    {
        { "checked_at", Proof.Checkbox("c", Noon.AddHours(3)) },
        { "signed_at", Proof.Paper("p", Noon.AddHours(3)) },
        { "sent_at", Proof.DoubleOptIn("d", Noon.AddHours(3)) },
        { "confirmed_at", Proof.DoubleOptIn("d", Noon.AddHours(3)) },
    };

    [Theory]
    [MemberData(nameof(Ahead), DisableDiscoveryEnumeration = true)]
    [Trait("Compliance", "E16")]
    public async Task An_act_that_a_clock_ahead_dates_into_the_future_is_kept_as_of_its_arrival(string field, EvidenceDraft evidence)
    {
        var recorded = await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, Noon.AddHours(3)) with { SentAt = Noon.AddHours(3), Evidence = evidence });

        var receipt = await Tracker.Consents.GetProofAsync(Tracker.Caller, new(null, An.Ada), Purpose.ConsentEvidence, recorded.Entry!.Id, Cancellation);
        var details = JsonNode.Parse(receipt.Json)!["events"]![0]!["evidence"]!["details"]!.AsObject();
        Assert.Equal(ConsentState.Given, recorded.Entry.State);
        Assert.Equal("2026-11-23T12:00:00.000Z", (string?)details.Single().Value![field]);
    }

    [Fact]
    [Trait("Compliance", "E16")]
    public async Task A_proof_captured_by_a_right_clock_carries_a_decision_that_another_dates_into_the_future()
    {
        var recorded = await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, Noon.AddHours(3)) with { Evidence = Proof.Checkbox("c", Noon) });

        Assert.Equal((ConsentState.Given, Noon), (recorded.Entry!.State, recorded.Entry.EffectiveAt));
    }

    [Fact]
    public async Task A_clock_that_is_behind_makes_a_consent_count_later_and_a_withdrawal_earlier()
    {
        var slow = An.Consent(Purpose.Profiling, An.Ada, Noon.AddHours(-5)) with { SentAt = Noon.AddHours(-3) };
        var given = await RecordAsync(slow);

        var withdrawn = await WithdrawAsync(An.Withdrawal(Purpose.Analytics, An.Ada, Noon.AddHours(-5)) with { SentAt = Noon.AddHours(-3) });

        Assert.Equal(Noon.AddHours(-2), given.Entry!.EffectiveAt);
        Assert.Equal(Noon.AddHours(-5), withdrawn.Entry!.EffectiveAt);
    }

    [Fact]
    public async Task A_clock_that_is_ahead_is_corrected_for_a_withdrawal()
    {
        var withdrawn = await WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada, Noon.AddHours(2)) with { SentAt = Noon.AddHours(3) });

        Assert.Equal(Noon.AddHours(-1), withdrawn.Entry!.EffectiveAt);
    }

    [Fact]
    [Trait("Compliance", "E24")]
    public async Task The_same_proof_under_another_request_is_the_same_consent()
    {
        var draft = An.Consent(Purpose.Profiling, An.Ada, id: "click");
        var first = await RecordAsync(draft);
        Advance(TimeSpan.FromMinutes(1));

        var second = await RecordAsync(draft with { RequestId = "double click" });

        Assert.Equal((first.Entry!.Id, true, 1L), (second.Entry!.Id, second.IsRepeat, second.ConsentEpoch));
        Assert.Single(await LedgerAsync(An.Ada));
    }

    [Fact]
    [Trait("Compliance", "E24")]
    public async Task A_renewal_needs_a_new_act_and_the_notice_in_use()
    {
        var first = await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        await RegisterAsync(An.Notice("2") with { EffectiveAt = Noon.AddDays(1) });
        GoTo(Noon.AddDays(1).AddHours(1));

        var old = await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, Now, "old page"));
        var renewed = await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, Now.AddMinutes(-1), "new page") with { NoticeVersion = "2" });

        Assert.Equal((ConsentState.Given, (ConsentId?)null), (old.Entry!.State, old.Entry.RefersTo));
        Assert.Equal((ConsentState.Renewed, first.Entry!.Id), (renewed.Entry!.State, renewed.Entry.RefersTo));
    }

    [Fact]
    [Trait("Compliance", "E33")]
    public async Task Only_giving_moves_the_last_interaction()
    {
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        await RecordAsync(An.Consent(Purpose.Analytics, An.Ada));
        Advance(TimeSpan.FromDays(40));

        await WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada));
        await ObjectAsync(Purpose.Personalisation, An.Ada);
        await RecordAsync(An.Consent(Purpose.Personalisation, An.Ada, Now, "no") with { State = ConsentState.Refused });

        Assert.Equal(Noon.Date, (await ControlAsync(An.Ada)).LastInteractionAt!.Value.UtcDateTime);
    }

    [Fact]
    [Trait("Compliance", "E34")]
    public async Task An_act_from_before_the_cap_that_is_uploaded_after_it_revives_nothing()
    {
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        GoTo(Noon.AddMonths(24).AddDays(5));

        var late = await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, Noon.AddMonths(23), "offline"));

        Assert.False(await MayAsync(Purpose.Profiling, An.Ada));
        Assert.False(await MayAsync(Purpose.Analytics, An.Ada));
        Assert.Equal(Noon.AddMonths(23), late.Entry!.EffectiveAt);
        Assert.Single((await ControlAsync(An.Ada)).Lapses);
    }

    [Fact]
    public async Task An_act_before_the_cap_fires_carries_every_consent_on()
    {
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        GoTo(Noon.AddMonths(23));
        await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, Now));
        GoTo(Noon.AddMonths(40));

        Assert.True(await MayAsync(Purpose.Profiling, An.Ada));
        Assert.Empty((await ControlAsync(An.Ada)).Lapses);
    }

    [Fact]
    public async Task A_choice_in_a_banner_counts_for_twelve_months_however_active_the_person_is()
    {
        var choice = await RecordAsync(An.Consent(Purpose.Analytics, An.Ada) with { Evidence = Proof.CmpSignal("banner", Noon) });
        GoTo(Noon.AddMonths(11));
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, Now));
        GoTo(Noon.AddMonths(12));

        Assert.Equal(Noon.AddMonths(12), choice.Entry!.ValidUntil);
        Assert.False(await MayAsync(Purpose.Analytics, An.Ada));
    }

    [Fact]
    public async Task Everything_of_the_profile_is_looked_at_at_once_and_again_after_a_withdrawal_and_within_a_year()
    {
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        await WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada));

        var due = await Tracker.Store.Errands.ReadDueAsync(Noon.AddYears(9), 100, Cancellation);

        var lapse = PolicyRegister.LoadShipped(PolicyRegister.DefaultProfile).Add(new DateTimeOffset(Noon.Date, TimeSpan.Zero), CalendarPeriod.OfMonths(24));
        Assert.Equal([Noon, Noon + new ConsentOptions().SecondPassDelay, Noon.AddYears(1), lapse], due.Select(errand => errand.DueAt));
    }
}
