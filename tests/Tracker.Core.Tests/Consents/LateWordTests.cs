using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies.History;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>What arrives late, from a clock that is wrong, or as proof of something older may only restrict.</summary>
public sealed class LateWordTests : LedgerTests
{
    [Theory]
    [InlineData("withdrawal")]
    [InlineData("objection")]
    [InlineData("refusal")]
    [Trait("Compliance", "E44")]
    [Trait("Compliance", "E17")]
    public async Task A_no_said_between_request_and_click_counts_also_where_it_arrives_after_the_click(string no)
    {
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada));
        var said = Now.AddMinutes(5);
        Advance(TimeSpan.FromMinutes(10));
        await ConfirmAsync(asked.ConfirmationToken);
        Advance(TimeSpan.FromMinutes(10));

        await (no switch
        {
            "withdrawal" => WithdrawAsync(An.Withdrawal(Purpose.DirectMarketing, An.Ada, said)),
            "objection" => Tracker.Objections.ObjectAsync(Tracker.Caller, new() { RequestId = "o", Profile = new(null, An.Ada), Purpose = Purpose.DirectMarketing, ObjectedAt = said }, Cancellation),
            _ => RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, said, "no") with { State = ConsentState.Refused }),
        });

        Assert.False(await CountsAsync(Purpose.DirectMarketing, An.Ada));
        Assert.False(await MayAsync(Purpose.DirectMarketing, An.Ada, ContactChannel.Email));
    }

    [Theory]
    [InlineData("withdrawal")]
    [InlineData("refusal")]
    [InlineData("objection")]
    [Trait("Compliance", "R-032")]
    [Trait("Compliance", "E44")]
    public async Task Nothing_is_sent_to_be_confirmed_that_the_person_has_said_no_to_since(string no)
    {
        await (no switch
        {
            "withdrawal" => WithdrawAsync(An.Withdrawal(Purpose.DirectMarketing, An.Ada)),
            "refusal" => RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, id: "no") with { State = ConsentState.Refused }),
            _ => ObjectAsync(Purpose.DirectMarketing, An.Ada),
        });
        var before = await LedgerAsync(An.Ada);

        var refused = await RefusedAsync(An.Online(Purpose.DirectMarketing, An.Ada, Now.AddHours(-1), "late"));

        Assert.Equal((RefusalReason.WithdrawalIntervened, "decided_at"), (refused.Reason, Assert.Single(refused.Violations).Field));
        Assert.Equal(before.Count, (await LedgerAsync(An.Ada)).Count);
    }

    [Fact]
    [Trait("Compliance", "R-032")]
    [Trait("Compliance", "E44")]
    public async Task A_token_is_made_for_the_medium_alone_that_can_still_be_confirmed()
    {
        await WithdrawAsync(An.Withdrawal(Purpose.DirectMarketing, An.Ada) with { ContactChannels = [ContactChannel.Email] });
        var draft = An.Online(Purpose.DirectMarketing, An.Ada, Now.AddHours(-1), "late");

        var asked = await RecordAsync(draft with { Identifiers = [An.Ada, new(IdentifierKind.Phone, "+393331234567")], ContactChannels = [ContactChannel.Email, ContactChannel.Sms] });
        var confirmed = await ConfirmAsync(Assert.Single(asked.ConfirmationTokens).Text);

        Assert.Equal([ContactChannel.Sms], confirmed.Entry!.ContactChannels);
    }

    [Fact]
    [Trait("Compliance", "E16")]
    [Trait("Compliance", "E17")]
    public async Task A_gift_from_a_clock_that_is_known_to_be_ahead_does_not_overtake_a_withdrawal()
    {
        var given = Now;
        Advance(TimeSpan.FromHours(1));
        await WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada));
        Advance(TimeSpan.FromHours(1));
        var ahead = TimeSpan.FromMinutes(90);

        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, given + ahead) with { SentAt = Now + ahead });

        Assert.False(await CountsAsync(Purpose.Profiling, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "E17")]
    public async Task A_paper_signed_before_the_withdrawal_is_no_proof_of_a_decision_after_it()
    {
        var signed = Now;
        Advance(TimeSpan.FromDays(1));
        await WithdrawAsync(An.Withdrawal(Purpose.DirectMarketing, An.Ada));
        Advance(TimeSpan.FromDays(1));
        var scan = Proof.Paper("scan", Now);

        var refused = await RefusedAsync(An.Consent(Purpose.DirectMarketing, An.Ada, Now) with
        {
            Evidence = scan with { Details = new() { PaperScan = scan.Details.PaperScan! with { SignedAt = signed } } },
        });

        Assert.Equal(RefusalReason.InvalidEvidence, refused.Reason);
    }

    [Fact]
    [Trait("Compliance", "E17")]
    public async Task A_box_ticked_shortly_before_the_withdrawal_loses_against_it()
    {
        var ticked = Now;
        Advance(TimeSpan.FromMinutes(2));
        await WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada));
        Advance(TimeSpan.FromMinutes(1));
        var proof = Proof.Checkbox("box", Now);

        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, Now) with
        {
            Evidence = proof with { Details = new() { Checkbox = proof.Details.Checkbox! with { CheckedAt = ticked } } },
        });

        Assert.False(await CountsAsync(Purpose.Profiling, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-032")]
    public async Task A_consent_confirmed_elsewhere_counts_from_its_confirmation_and_not_from_its_request()
    {
        var asked = Now;
        Advance(TimeSpan.FromDays(2));

        var given = await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, asked) with { Evidence = Proof.DoubleOptIn("click", Now) });

        Assert.Equal(Now, given.Entry!.EffectiveAt);
    }

    [Fact]
    [Trait("Compliance", "E44")]
    public async Task A_no_between_the_message_and_the_click_counts_also_where_the_source_confirmed()
    {
        await WithdrawAsync(An.Withdrawal(Purpose.DirectMarketing, An.Ada, Now));
        Advance(TimeSpan.FromMinutes(5));

        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, Now) with { Evidence = Proof.DoubleOptIn("click", Now) });

        Assert.False(await MayAsync(Purpose.DirectMarketing, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "E14")]
    public async Task A_request_found_void_after_its_confirmation_takes_the_confirmation_with_it()
    {
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada));
        await ConfirmAsync(asked.ConfirmationToken);

        await CloseAsync(asked.Entry!.Id);

        Assert.False(await CountsAsync(Purpose.DirectMarketing, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-156")]
    public async Task A_consent_that_never_was_one_takes_back_no_refusal_before_a_sale()
    {
        await WithdrawAsync(An.Withdrawal(Purpose.DirectMarketing, An.Ada));
        Advance(TimeSpan.FromMinutes(1));
        var given = await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, Now));
        Advance(TimeSpan.FromMinutes(1));
        await Tracker.Contacts.NoteSoftOptInAsync(Tracker.Caller, An.SoftOptIn(An.Ada, Now), Cancellation);

        await CloseAsync(given.Entry!.Id);

        var control = await ControlAsync(An.Ada);
        var noted = Assert.Single(ConsentHistory.Fold(await Tracker.ReadLedgerAsync(control.Tenant, control.Profile, Cancellation), Activity.Of(control, APolicy.Shipped)).SoftOptIns);
        Assert.Equal(noted.From, noted.Until);
    }

    [Fact]
    [Trait("Compliance", "R-160")]
    public async Task What_was_given_to_another_controller_was_never_valid_for_the_tenant()
    {
        await RegisterAsync(An.NoticeOf(An.OldCo));
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada) with { NoticeId = "oldco" });

        Assert.False(await CountsAsync(Purpose.Profiling, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-036")]
    public async Task What_waited_for_its_confirmation_then_is_told_to_have_waited_also_after_a_refusal()
    {
        var asked = Now;
        await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada));
        Advance(TimeSpan.FromMinutes(5));
        await WithdrawAsync(An.Withdrawal(Purpose.DirectMarketing, An.Ada));

        async Task<ConsentState> AtAsync(DateTimeOffset at) => (await Tracker.Consents.GetStandingAsync(
            Tracker.Caller, new(new(null, An.Ada), Purpose.ConsentEvidence, Purpose.DirectMarketing, ContactChannel.Email, "", at), Cancellation)).State;

        Assert.Equal(
            [ConsentState.PendingConfirmation, ConsentState.PendingConfirmation, ConsentState.Withdrawn],
            [await AtAsync(asked), await AtAsync(Now.AddMilliseconds(-1)), await AtAsync(Now)]);
    }

    [Fact]
    [Trait("Compliance", "R-041")]
    public async Task The_act_that_asked_for_one_purpose_proves_no_other_after_its_own_entry_is_gone()
    {
        var act = Proof.Form("signup", TestTracker.Noon);
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada) with { Evidence = act });
        await ConfirmAsync(asked.ConfirmationToken);
        GoTo(TestTracker.Noon.AddDays(8));

        var refused = await RefusedAsync(An.Consent(Purpose.Profiling, An.Ada) with { Evidence = act });

        Assert.Equal(RefusalReason.NotGranular, refused.Reason);
    }

    [Fact]
    [Trait("Compliance", "R-041")]
    public async Task One_click_on_one_link_confirms_one_purpose()
    {
        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada) with { Evidence = Proof.DoubleOptIn("click", TestTracker.Noon) });

        var refused = await RefusedAsync(An.Consent(Purpose.Profiling, An.Ada) with { Evidence = Proof.DoubleOptIn("click", TestTracker.Noon) });

        Assert.Equal(RefusalReason.NotGranular, refused.Reason);
    }

    [Fact]
    public async Task An_objection_once_upheld_stays_so()
    {
        var objection = await ObjectAsync(Purpose.FraudSecurity, An.Ada);
        Task<ConsentAppended> DecideAsync(ConsentState decision) => Tracker.Objections.DecideAsync(
            Tracker.Caller,
            new() { RequestId = $"{decision}", Profile = new(null, An.Ada), Objection = objection.Entry!.Id, Decision = decision, GroundsReference = "case-1" },
            Cancellation);
        await DecideAsync(ConsentState.ObjectionUpheld);
        Advance(TimeSpan.FromDays(1));

        var refused = await Assert.ThrowsAsync<RefusalException>(() => DecideAsync(ConsentState.ObjectionRejected));

        Assert.Equal("objection_id", Assert.Single(refused.Violations).Field);
    }

    private Task<ConsentAppended> CloseAsync(ConsentId id) => Tracker.Closing.CloseAsync(Tracker.Caller, An.Invalidation(id), Cancellation);
}
