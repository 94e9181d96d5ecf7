using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies.History;
using Tracker.Core.Tests.Consents;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Attack;

public sealed class LedgerAttackTests : LedgerTests
{
    [Fact]
    public async Task A_later_refusal_of_another_notice_that_has_changed_does_not_lift_an_earlier_one()
    {
        await RegisterAsync(An.Notice() with { Id = "app" });
        await RefuseAsync("one", "privacy");
        Advance(TimeSpan.FromDays(1));
        await RefuseAsync("two", "app");
        await RegisterAsync(An.Notice("2") with { Id = "app", EffectiveAt = Now.AddDays(10), Scope = An.Notice().Scope with { IsMaterialChange = true } });
        Advance(TimeSpan.FromDays(20));

        Assert.False((await CheckAsync(An.AdasCookie, Purpose.Analytics)).MayAsk);
    }

    [Fact]
    public void An_old_objection_to_a_purpose_without_media_that_names_one_stands_for_the_purpose()
    {
        var objection = A.Consent(A.Ada, state: ConsentState.Objected) with { Kind = LedgerKind.Objection, Purpose = Purpose.CustomerCare, ContactChannels = [ContactChannel.PhoneOperator] };

        var span = Assert.Single(ConsentHistory.Fold([objection], new Activity([], DateTimeOffset.MaxValue)).Objections);

        Assert.Equal(ContactChannel.Unspecified, span.ContactChannel);
    }

    [Fact]
    public async Task A_late_withdrawal_from_between_request_and_clicks_ends_both_confirmed_media()
    {
        var asked = await RecordAsync(BothMedia());
        Advance(TimeSpan.FromHours(1));
        var between = Now;
        Advance(TimeSpan.FromHours(1));
        foreach (var token in asked.ConfirmationTokens)
        {
            await ConfirmAsync(token.Text);
        }

        Assert.True(await MayAsync(Purpose.DirectMarketing, An.Ada, ContactChannel.Sms));
        await WithdrawAsync(An.Withdrawal(Purpose.DirectMarketing, An.Ada, between));

        Assert.False(await MayAsync(Purpose.DirectMarketing, An.Ada, ContactChannel.Email));
        Assert.False(await MayAsync(Purpose.DirectMarketing, An.Ada, ContactChannel.Sms));
    }

    [Fact]
    public async Task Withdrawing_the_request_by_its_id_after_one_click_ends_all_media()
    {
        var asked = await RecordAsync(BothMedia());
        await ConfirmAsync(asked.ConfirmationTokens[0].Text);
        Advance(TimeSpan.FromMinutes(1));
        await WithdrawAsync(An.Withdrawal(Purpose.Unspecified, An.Ada) with { Consent = asked.Entry!.Id });

        Assert.False(await MayAsync(Purpose.DirectMarketing, An.Ada, ContactChannel.Email));
        await Assert.ThrowsAsync<RefusalException>(() => ConfirmAsync(asked.ConfirmationTokens[1].Text));
    }

    [Fact]
    public async Task A_token_is_good_for_its_medium_alone_whatever_is_written_before_it()
    {
        var asked = await RecordAsync(BothMedia());
        var mail = asked.ConfirmationTokens.Single(token => token.ContactChannel == ContactChannel.Email).Text;

        await Assert.ThrowsAsync<RefusalException>(() => ConfirmAsync($"2.{mail.Split('.')[1]}"));
        await ConfirmAsync(mail);
        Assert.True(await MayAsync(Purpose.DirectMarketing, An.Ada, ContactChannel.Email));
        Assert.False(await MayAsync(Purpose.DirectMarketing, An.Ada, ContactChannel.Sms));
    }

    [Fact]
    public async Task An_objection_to_each_medium_ends_as_much_as_one_to_all()
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada));
        await Tracker.RecordAsync(An.Newsletter());
        Advance(TimeSpan.FromMinutes(1));
        await ObjectAsync(Purpose.DirectMarketing, An.Ada, channels: [.. Enum.GetValues<ContactChannel>().Skip(1)]);
        await Tracker.ReviewAsync(An.Ada);

        Assert.Empty((await Tracker.TimelineAsync(An.Ada, Purpose.DirectMarketing)).Items);
        Assert.DoesNotContain(await Tracker.RecordsAsync(An.Ada), record => record.Grants.Any(grant => grant.Purpose == Purpose.DirectMarketing));
    }

    [Fact]
    public async Task A_partners_list_for_a_purpose_without_media_is_confirmed_by_its_own_token()
    {
        var asked = await RecordAsync(An.Consent(Purpose.Profiling, An.Ada) with { Evidence = Proof.PartnerFeed("list", TestTracker.Noon) });
        var before = await MayAsync(Purpose.Profiling, An.Ada);
        Advance(TimeSpan.FromMinutes(1));
        await ConfirmAsync(asked.ConfirmationToken);
        Assert.False(before);
        Assert.True(await MayAsync(Purpose.Profiling, An.Ada));
    }

    [Fact]
    public async Task An_explicit_request_within_the_hour_is_not_taken_for_the_plain_one()
    {
        await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, id: "plain"));

        var second = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, Now, "explicit") with { IsExplicit = true });

        Assert.Equal((true, false), (second.Entry!.IsExplicit, second.IsRepeat));
    }

    private static ConsentDraft BothMedia() => An.Online(Purpose.DirectMarketing, An.Ada, channels: [ContactChannel.Email, ContactChannel.Sms]) with
    {
        Identifiers = [An.Ada, new(IdentifierKind.Phone, "+393331234567")],
    };

    private Task<ConsentAppended> RefuseAsync(string id, string notice) => RecordAsync(An.Consent(Purpose.Analytics, An.AdasCookie, Now, id) with
    {
        NoticeId = notice,
        State = ConsentState.Refused,
        Evidence = Proof.CmpSignal(id, Now) with { Act = ConsentAct.Closed },
    });

    private Task<PromptAnswer> CheckAsync(Identifier who, Purpose purpose, ContactChannel medium = ContactChannel.Unspecified) =>
        Tracker.Prompts.CheckAsync(Tracker.Caller, new(null, who), purpose, medium, Cancellation);
}
