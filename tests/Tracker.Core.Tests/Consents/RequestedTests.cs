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

    private async Task<IReadOnlyList<ConsentEntry>> LedgerAsync()
    {
        var control = (await _tracker.Lookup.FindAsync(_tracker.Caller, new(null, An.Ada), Cancellation))!;
        return await _tracker.Lookup.ReadLedgerAsync(control.Tenant, control.Profile, Cancellation);
    }
}
