using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>Somebody was asked, and has not answered yet (compliance 2.6).</summary>
public sealed class RequestedTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), Cancellation);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "R-030")]
    public async Task Question_permits_nothing_and_names_the_notice_it_was_asked_on()
    {
        var asked = await AskAsync();

        Assert.Equal((ConsentState.Requested, "privacy", "1"), (asked.Entry!.State, asked.Entry.NoticeId, asked.Entry.NoticeVersion));
        Assert.False(await MayAsync());
    }

    [Fact]
    public async Task Question_that_is_answered_with_yes_permits_from_the_answer_on()
    {
        await AskAsync();

        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Ada, id: "yes"), Cancellation);

        Assert.True(await MayAsync());
        Assert.Equal([ConsentState.Requested, ConsentState.Given], (await LedgerAsync()).Select(entry => entry.State));
    }

    [Fact]
    [Trait("Compliance", "R-151")]
    public async Task Question_that_is_answered_with_no_is_not_asked_again_for_six_months()
    {
        await AskAsync();

        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Online(Purpose.Profiling, An.Ada, id: "no") with { State = ConsentState.Refused }, Cancellation);

        Assert.False(await MayAsync());
        var prompt = await _tracker.Prompts.CheckAsync(_tracker.Caller, new(null, An.Ada), Purpose.Profiling, ContactChannel.Unspecified, Cancellation);
        Assert.Equal((false, PromptReason.Refused, APolicy.Shipped.Add(TestTracker.Noon, APolicy.Shipped.ReaskAfter)), (prompt.MayAsk, prompt.Reason, prompt.EarliestAt));
    }

    [Fact]
    [Trait("Compliance", "R-032")]
    public async Task Question_that_is_answered_online_for_mail_waits_for_the_holder_of_the_address()
    {
        var question = An.Consent(Purpose.DirectMarketing, An.Ada, id: "question") with { State = ConsentState.Requested, Evidence = null };
        await _tracker.Ledger.RecordAsync(_tracker.Caller, question, Cancellation);

        var answered = await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Online(Purpose.DirectMarketing, An.Ada), Cancellation);

        Assert.Equal(ConsentState.PendingConfirmation, answered.Entry!.State);
        Assert.Equal((false, Reason.ConsentPending), await WhyAsync(Purpose.DirectMarketing));
        await _tracker.Confirmations.ConfirmAsync(_tracker.Caller, new() { Token = answered.ConfirmationToken }, Cancellation);
        Assert.Equal((true, Reason.None), await WhyAsync(Purpose.DirectMarketing));
    }

    [Fact]
    public async Task Question_after_a_withdrawal_takes_nothing_of_it_back()
    {
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Ada, id: "yes"), Cancellation);
        _tracker.Time.Advance(TimeSpan.FromDays(1));
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Ada), Cancellation);
        _tracker.Time.Advance(TimeSpan.FromDays(1));

        await AskAsync();

        Assert.Equal((false, Reason.ConsentWithdrawn), await WhyAsync(Purpose.Profiling));
    }

    [Fact]
    public async Task Question_to_whoever_has_consented_leaves_the_consent_as_it_is()
    {
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Ada, id: "yes"), Cancellation);
        _tracker.Time.Advance(TimeSpan.FromDays(1));

        await AskAsync();

        Assert.True(await MayAsync());
    }

    [Fact]
    public async Task Question_that_nobody_answers_is_gone_when_it_may_be_asked_again()
    {
        var asked = await AskAsync();
        var end = APolicy.Shipped.Add(TestTracker.Noon, APolicy.Shipped.ReaskAfter);

        Assert.Equal(end, asked.Entry!.ExpireAt);
        await _tracker.AdvanceToAsync(end);
        Assert.Null(await _tracker.Lookup.FindAsync(_tracker.Caller, new(null, An.Ada), Cancellation));
    }

    private Task<ConsentAppended> AskAsync() =>
        _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Ada, id: "question") with { State = ConsentState.Requested, Evidence = null }, Cancellation);

    private async Task<bool> MayAsync() => (await _tracker.Permissions.CheckAsync(_tracker.Caller, new(null, An.Ada), new() { Purpose = Purpose.Profiling }, Cancellation)).IsPermitted;

    private async Task<(bool IsPermitted, Reason Reason)> WhyAsync(Purpose purpose)
    {
        var medium = purpose == Purpose.DirectMarketing ? ContactChannel.Email : ContactChannel.Unspecified;
        var answer = await _tracker.Permissions.CheckAsync(_tracker.Caller, new(null, An.Ada), new() { Purpose = purpose, ContactChannel = medium }, Cancellation);
        return (answer.IsPermitted, answer.Reason);
    }

    private async Task<IReadOnlyList<ConsentEntry>> LedgerAsync()
    {
        var control = (await _tracker.Lookup.FindAsync(_tracker.Caller, new(null, An.Ada), Cancellation))!;
        return await _tracker.ReadLedgerAsync(control.Tenant, control.Profile, Cancellation);
    }
}
