using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>A request id names one decision: the same again is a repeat, another one is refused and not lost.</summary>
public sealed class RequestIdTests : LedgerTests
{
    [Fact]
    public async Task A_repeated_request_returns_the_first_answer_and_writes_nothing()
    {
        var first = await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, id: "same"));

        var again = await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, id: "same"));

        Assert.Equal(first.Entry!.Id, again.Entry!.Id);
        Assert.True(again.IsRepeat);
        Assert.Equal(1, (await Tracker.Permissions.CheckAsync(Tracker.Caller, new(null, An.Ada), Purpose.Profiling, ContactChannel.Unspecified, Cancellation)).ConsentEpoch);
    }

    [Fact]
    public async Task A_withdrawal_under_the_request_id_of_its_consent_is_refused_and_not_lost()
    {
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, id: "form-1"));

        var refused = await Assert.ThrowsAsync<RefusalException>(() =>
            Tracker.Ledger.WithdrawAsync(Tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Ada, id: "form-1"), Cancellation));

        Assert.Equal("request_id", Assert.Single(refused.Violations).Field);
    }

    [Theory]
    [InlineData("explicit")]
    [InlineData("offline")]
    [InlineData("actor")]
    [InlineData("notice")]
    [InlineData("time")]
    [InlineData("proof")]
    [InlineData("authority")]
    public async Task A_consent_that_differs_from_the_first_of_its_request_is_refused_and_not_lost(string what)
    {
        await Tracker.Notices.RegisterAsync(Tracker.Caller, An.Notice("same") with { Id = "other" }, Cancellation);
        var first = An.Consent(Purpose.Profiling, An.Ada, id: "form-1");
        await RecordAsync(first);

        var refused = await RefusedAsync(what switch
        {
            "explicit" => first with { IsExplicit = true },
            "offline" => first with { IsOffline = true },
            "actor" => first with { Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" },
            "time" => first with { DecidedAt = first.DecidedAt!.Value.AddMinutes(1) },
            "proof" => first with { Evidence = first.Evidence! with { Sha256 = Proof.Sha256("another") } },
            "authority" => first with { AuthorityReference = "ticket-7" },
            _ => first with { NoticeId = "other", NoticeVersion = "same" },
        });

        Assert.Equal("request_id", Assert.Single(refused.Violations).Field);
        Assert.True((await RecordAsync(first)).IsRepeat);
    }

    [Fact]
    public async Task A_repeat_of_a_consent_on_paper_is_answered_as_one()
    {
        var paper = An.Consent(Purpose.DirectMarketing, An.Ada, id: "form-1");
        await RecordAsync(paper);

        Assert.True((await RecordAsync(paper)).IsRepeat);
    }

    [Fact]
    public async Task A_request_id_is_good_for_one_person_only()
    {
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, id: "form-1"));

        var refused = await RefusedAsync(An.Consent(Purpose.Profiling, An.Bob, id: "form-1"));

        Assert.Equal("request_id", Assert.Single(refused.Violations).Field);
    }

    [Fact]
    public async Task A_repeated_consent_is_answered_with_the_times_of_the_first_however_fine_they_were_sent()
    {
        var draft = An.Consent(Purpose.Profiling, An.Ada, TestTracker.Noon.AddTicks(-1));

        var first = (await RecordAsync(draft)).Entry!;
        var again = (await RecordAsync(draft)).Entry!;

        Assert.Equal((first.EffectiveAt, first.ValidUntil, first.ExpireAt), (again.EffectiveAt, again.ValidUntil, again.ExpireAt));
        Assert.Equal(first.Evidence, again.Evidence);
    }
}
