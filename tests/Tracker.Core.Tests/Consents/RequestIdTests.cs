using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Dump;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>A repeat is answered once more; another decision under its request id is refused and not lost.</summary>
public sealed class RequestIdTests : LedgerTests
{
    [Theory]
    [InlineData("same proof")]
    [InlineData("waits")]
    public async Task A_request_that_an_earlier_entry_answers_leaves_nothing_behind_so_that_another_decision_under_its_id_is_not_lost(string why)
    {
        var first = why == "waits" ? An.Online(Purpose.DirectMarketing, An.Ada, id: "form-1") : An.Consent(Purpose.DirectMarketing, An.Ada, id: "form-1");
        var known = await RecordAsync(first);
        var dump = Dump();

        var answered = await RecordAsync(first with { RequestId = "form-2", Evidence = why == "waits" ? Proof.Checkbox("form-2", TestTracker.Noon) : first.Evidence });
        var after = Dump();
        var other = await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, id: "form-2", channels: ContactChannel.Post));

        Assert.Equal((known.Entry!.Id, true), (answered.Entry!.Id, answered.IsRepeat));
        Assert.Equal(dump, after);
        Assert.NotEqual(known.Entry.Id, other.Entry!.Id);
        Assert.True(await MayAsync(Purpose.DirectMarketing, An.Ada, ContactChannel.Post));
    }

    [Fact]
    public async Task A_withdrawal_under_the_request_id_of_its_consent_is_refused_and_not_lost()
    {
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, id: "form-1"));

        var refused = await Assert.ThrowsAsync<RefusalException>(() =>
            WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada, id: "form-1")));

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
        await RegisterAsync(An.Notice("same") with { Id = "other" });
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
    [Trait("Compliance", "R-032")]
    public async Task A_request_id_is_good_for_the_media_of_its_act_and_for_no_more_and_no_less()
    {
        var mail = An.Online(Purpose.DirectMarketing, An.Ada, id: "form-1");
        var both = An.Online(Purpose.DirectMarketing, An.Ada, id: "form-2", channels: [ContactChannel.Email, ContactChannel.Post]);
        await RecordAsync(mail);
        var more = await RefusedAsync(mail with { ContactChannels = both.ContactChannels });
        Advance(TimeSpan.FromDays(1));
        await RecordAsync(both);

        var fewer = await RefusedAsync(both with { ContactChannels = mail.ContactChannels });

        Assert.Equal(["request_id", "request_id"], more.Violations.Concat(fewer.Violations).Select(violation => violation.Field));
        Assert.Equal(3, (await LedgerAsync(An.Ada)).Count);
        Assert.True((await RecordAsync(mail)).IsRepeat && (await RecordAsync(both)).IsRepeat);
    }

    [Fact]
    public async Task A_repeat_of_a_consent_on_paper_is_answered_as_one()
    {
        var paper = An.Consent(Purpose.DirectMarketing, An.Ada, id: "form-1");
        await RecordAsync(paper);

        Assert.True((await RecordAsync(paper)).IsRepeat);
    }

    [Fact]
    [Trait("Compliance", "E24")]
    public async Task A_later_refusal_with_the_proof_of_an_earlier_one_is_not_lost()
    {
        await RecordAsync(Refusal("no-1"));
        Advance(TimeSpan.FromDays(1));
        await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, Now, "yes"));
        Advance(TimeSpan.FromDays(1));

        await RecordAsync(Refusal("no-2"));

        Assert.False(await MayAsync(Purpose.Analytics, An.Ada));
    }

    [Fact]
    public async Task A_request_id_is_good_for_one_person_only()
    {
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, id: "form-1"));

        var refused = await RefusedAsync(An.Consent(Purpose.Profiling, An.Bob, id: "form-1"));

        Assert.Equal("request_id", Assert.Single(refused.Violations).Field);
    }

    [Fact]
    public async Task An_explicit_request_within_the_hour_is_not_taken_for_the_plain_one()
    {
        await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, id: "plain"));

        var second = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, Now, "explicit") with { IsExplicit = true });

        Assert.Equal((true, false), (second.Entry!.IsExplicit, second.IsRepeat));
    }

    /// <summary>A banner that was closed tells the same each time.</summary>
    private ConsentDraft Refusal(string id) => An.Consent(Purpose.Analytics, An.Ada, Now, id) with
    {
        State = ConsentState.Refused,
        Evidence = Proof.CmpSignal("no", Now) with { Act = ConsentAct.Closed },
    };

    private List<string> Dump() => [.. StoreDump.Parts.SelectMany(part => Tracker.Store.Dump.Read(part, new DumpOptions()))];
}
