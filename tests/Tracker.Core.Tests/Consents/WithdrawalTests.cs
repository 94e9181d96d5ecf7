using System.Collections;
using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

public sealed class WithdrawalTests : LedgerTests
{
    private static readonly ContactChannel[] TwoClicksAndPost = [ContactChannel.Email, ContactChannel.Sms, ContactChannel.Post];
    private static readonly EvidenceKind[] Kinds = [.. Enum.GetValues<EvidenceKind>().Where(kind => kind != EvidenceKind.Unspecified)];

    public static TheoryData<EvidenceKind> Captures => [.. Kinds];

    [Theory]
    [MemberData(nameof(Captures))]
    [Trait("Compliance", "R-035")]
    [Trait("Compliance", "R-152")]
    public async Task Withdrawing_takes_one_call_and_no_more_than_giving_did(EvidenceKind kind)
    {
        var give = An.Consent(Purpose.Profiling, An.Ada) with { Evidence = Capture(kind) };
        var withdraw = new WithdrawalDraft { RequestId = "w", Profile = new(null, An.Ada), Purpose = Purpose.Profiling };
        var given = await RecordAsync(give);
        if (given.ConfirmationToken.Length > 0)
        {
            await ConfirmAsync(given.ConfirmationToken);
        }

        await WithdrawAsync(withdraw);

        Assert.False(await MayAsync(Purpose.Profiling, An.Ada));
        Assert.True(Stated(withdraw) < Stated(give));
    }

    [Fact]
    [Trait("Compliance", "R-035")]
    public async Task The_consent_itself_is_enough_to_name_what_is_withdrawn()
    {
        var given = await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, channels: [ContactChannel.Sms, ContactChannel.Email]));
        var control = await ControlAsync(An.Ada);

        var withdrawn = await WithdrawAsync(new() { RequestId = "w", Profile = new(control.Profile, null), Consent = given.Entry!.Id });

        Assert.Equal((Purpose.DirectMarketing, given.Entry.Id), (withdrawn.Entry!.Purpose, withdrawn.Entry.RefersTo));
        Assert.Equal([ContactChannel.Sms, ContactChannel.Email], withdrawn.Entry.ContactChannels);
    }

    [Theory]
    [InlineData("what waits")]
    [InlineData("what counts at once")]
    [InlineData("what one click confirmed")]
    [Trait("Compliance", "R-035")]
    public async Task Any_part_of_an_act_is_enough_to_name_the_whole_of_what_is_withdrawn(string named)
    {
        var given = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, channels: TwoClicksAndPost) with { Identifiers = [An.Ada, new(IdentifierKind.Phone, "+393331234567")] });
        var confirmed = await ConfirmAsync(given.ConfirmationTokens[0].Text);
        var part = named switch { "what waits" => given.Entry, "what counts at once" => given.AtOnce, _ => confirmed.Entry };
        Advance(TimeSpan.FromMinutes(1));

        var withdrawn = await WithdrawAsync(new() { RequestId = "w", Profile = new(null, An.Ada), Consent = part!.Id });

        Assert.Equal(TwoClicksAndPost, withdrawn.Entry!.ContactChannels);
        Assert.False(await MayAsync(Purpose.DirectMarketing, An.Ada, ContactChannel.Email) || await MayAsync(Purpose.DirectMarketing, An.Ada, ContactChannel.Post));
        await Assert.ThrowsAsync<RefusalException>(() => ConfirmAsync(given.ConfirmationTokens[1].Text));
    }

    [Fact]
    [Trait("Compliance", "R-036")]
    [Trait("Compliance", "R-040")]
    public async Task A_withdrawal_that_arrives_when_proof_of_the_consent_is_no_longer_kept_ends_it_all_the_same()
    {
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        for (var year = 1; year <= 7; year++)
        {
            GoTo(TestTracker.Noon.AddYears(year));
            await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, Now));
        }

        Assert.True(await MayAsync(Purpose.Profiling, An.Ada));
        await WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada, TestTracker.Noon.AddYears(1)));

        Assert.False(await MayAsync(Purpose.Profiling, An.Ada));
        await Tracker.ReviewAsync(An.Ada);
        await Tracker.Sweeper.SweepAsync(Cancellation);
        Assert.False(await MayAsync(Purpose.Profiling, An.Ada));
        Assert.True(await MayAsync(Purpose.Analytics, An.Ada));
        Assert.Equal([ConsentState.Withdrawn], (await LedgerAsync(An.Ada)).Where(entry => entry.Purpose == Purpose.Profiling).Select(entry => entry.State));
    }

    [Fact]
    public async Task A_consent_of_somebody_else_cannot_be_named()
    {
        var given = await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        await RecordAsync(An.Consent(Purpose.Profiling, An.Bob));

        var refused = await Assert.ThrowsAsync<RefusalException>(() =>
            WithdrawAsync(new() { RequestId = "w", Profile = new(null, An.Bob), Consent = given.Entry!.Id }));

        Assert.Equal(RefusalReason.ConsentNotFound, refused.Reason);
    }

    [Theory]
    [InlineData("recipient")]
    [InlineData("consent")]
    [InlineData("actor")]
    [InlineData("purpose")]
    [InlineData("medium")]
    [InlineData("time")]
    [InlineData("no time")]
    [Trait("Compliance", "R-035")]
    public async Task A_withdrawal_that_differs_from_the_first_of_its_request_is_refused_and_not_lost(string what)
    {
        var given = await RecordAsync(An.Consent(Purpose.ThirdPartySharing, An.Ada));
        var first = An.Withdrawal(Purpose.ThirdPartySharing, An.Ada, Now, id: "same") with { Recipient = "another-partner" };
        await WithdrawAsync(first);

        var refused = await Assert.ThrowsAsync<RefusalException>(() => WithdrawAsync(what switch
        {
            "recipient" => first with { Recipient = "partner" },
            "consent" => first with { Consent = given.Entry!.Id },
            "purpose" => first with { Purpose = Purpose.Profiling },
            "medium" => first with { ContactChannels = [ContactChannel.Email] },
            "time" => first with { DecidedAt = Now.AddDays(1) },
            "no time" => first with { DecidedAt = null },
            _ => first with { Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" },
        }));

        Assert.Equal("request_id", Assert.Single(refused.Violations).Field);
        Assert.True((await WithdrawAsync(first)).IsRepeat);
    }

    [Fact]
    [Trait("Compliance", "R-035")]
    public async Task A_withdrawal_under_the_request_id_of_an_earlier_one_is_refused_and_the_consent_since_is_not_taken_for_ended()
    {
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        Advance(TimeSpan.FromDays(1));
        await WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada, Now, "w"));
        Advance(TimeSpan.FromDays(1));
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, Now, "again"));
        Advance(TimeSpan.FromDays(1));

        var refused = await Assert.ThrowsAsync<RefusalException>(() => WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada, Now, "w")));

        Assert.Equal("request_id", Assert.Single(refused.Violations).Field);
    }

    [Fact]
    public async Task A_retry_is_a_repeat_though_it_was_sent_later_by_a_clock_that_is_wrong()
    {
        var first = An.Withdrawal(Purpose.Profiling, An.Ada, Now.AddMinutes(40)) with { SentAt = Now.AddHours(1) };
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        var withdrawn = await WithdrawAsync(first);
        Advance(TimeSpan.FromMinutes(3));

        var again = await WithdrawAsync(first with { SentAt = Now.AddHours(2) });

        Assert.Equal((true, withdrawn.Entry!.Id), (again.IsRepeat, again.Entry!.Id));
    }

    [Theory]
    [InlineData("reason")]
    [InlineData("authority")]
    public async Task An_end_without_the_person_that_differs_from_the_first_of_its_request_is_refused(string what)
    {
        var given = await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        var first = An.Invalidation(given.Entry!.Id);
        await Tracker.Closing.CloseAsync(Tracker.Caller, first, Cancellation);

        var refused = await Assert.ThrowsAsync<RefusalException>(() => Tracker.Closing.CloseAsync(
            Tracker.Caller, what == "reason" ? first with { Reason = EndReason.Authority } : first with { AuthorityReference = "dpo-4" }, Cancellation));

        Assert.Equal("request_id", Assert.Single(refused.Violations).Field);
        Assert.True((await Tracker.Closing.CloseAsync(Tracker.Caller, first, Cancellation)).IsRepeat);
    }

    [Fact]
    [Trait("Compliance", "R-036")]
    public async Task What_was_lawful_before_a_withdrawal_stays_so_and_nothing_after_it_is()
    {
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        GoTo(TestTracker.Noon.AddDays(10));
        await WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada));

        Assert.True((await StandingAsync(TestTracker.Noon.AddDays(10).AddMilliseconds(-1))).IsValid);
        Assert.Equal((false, ConsentState.Withdrawn), await StandingAsync(TestTracker.Noon.AddDays(10)) is var then ? (then.IsValid, then.State) : default);
        Assert.Equal(ConsentState.Unspecified, (await StandingAsync(TestTracker.Noon.AddMilliseconds(-1))).State);
    }

    [Fact]
    public async Task What_was_found_void_was_never_valid()
    {
        var given = await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        GoTo(TestTracker.Noon.AddDays(10));

        await Tracker.Closing.CloseAsync(Tracker.Caller, An.Invalidation(given.Entry!.Id), Cancellation);

        Assert.Equal((false, ConsentState.Invalidated), await StandingAsync(TestTracker.Noon.AddDays(1)) is var then ? (then.IsValid, then.State) : default);
    }

    [Fact]
    public async Task The_controller_may_stop_a_purpose_and_must_say_why()
    {
        var given = await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        var draft = new ClosingDraft { RequestId = "c", Profile = new(null, An.Ada), Consent = given.Entry!.Id, State = ConsentState.RevokedByController };

        var refused = await Assert.ThrowsAsync<RefusalException>(() => Tracker.Closing.CloseAsync(Tracker.Caller, draft, Cancellation));
        await Tracker.Closing.CloseAsync(Tracker.Caller, draft with { Reason = EndReason.PurposeStopped, AuthorityReference = "board-1" }, Cancellation);

        Assert.Equal(["authority_reference", "reason"], refused.Violations.Select(violation => violation.Field).Order(StringComparer.Ordinal));
        Assert.False(await MayAsync(Purpose.Profiling, An.Ada));
    }

    private Task<ConsentStanding> StandingAsync(DateTimeOffset at) => Tracker.Consents.GetStandingAsync(
        Tracker.Caller,
        new StandingQuery(new(null, An.Ada), Purpose.RightsHandling, Purpose.Profiling, ContactChannel.Unspecified, "", at),
        Cancellation);

    private static Core.Consents.Proof.EvidenceDraft Capture(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Form => Proof.Form("f", TestTracker.Noon),
        EvidenceKind.Checkbox => Proof.Checkbox("c", TestTracker.Noon),
        EvidenceKind.Voice => Proof.Voice("v", TestTracker.Noon),
        EvidenceKind.DoubleOptIn => Proof.DoubleOptIn("d", TestTracker.Noon),
        EvidenceKind.PaperScan => Proof.Paper("p", TestTracker.Noon),
        EvidenceKind.PartnerFeed => Proof.PartnerFeed("l", TestTracker.Noon),
        _ => Proof.CmpSignal("s", TestTracker.Noon),
    };

    /// <summary>How many fields a request states.</summary>
    private static int Stated(object draft) => draft.GetType().GetProperties().Count(property => property.GetValue(draft) switch
    {
        null => false,
        string text => text.Length > 0,
        IEnumerable list => list.Cast<object>().Any(),
        Enum member => Convert.ToInt32(member, System.Globalization.CultureInfo.InvariantCulture) != 0,
        bool flag => flag,
        _ => true,
    });
}
