using System.Buffers.Text;
using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

public sealed class ConfirmationTests : LedgerTests
{
    [Fact]
    [Trait("Compliance", "R-032")]
    public async Task A_consent_given_online_to_mail_waits_for_the_holder_of_the_address()
    {
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada));
        var before = await CountsAsync(Purpose.DirectMarketing, An.Ada);
        Advance(TimeSpan.FromHours(2));

        var confirmed = await ConfirmAsync(asked.ConfirmationToken);

        Assert.Equal((ConsentState.PendingConfirmation, false), (asked.Entry!.State, before));
        Assert.Equal((ConsentState.Given, Now, asked.Entry.Id), (confirmed.Entry!.State, confirmed.Entry.EffectiveAt, confirmed.Entry.RefersTo));
        Assert.True(await CountsAsync(Purpose.DirectMarketing, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-032")]
    public async Task The_proof_of_a_confirmation_has_both_instants_and_the_proof_of_the_request()
    {
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada));
        Advance(TimeSpan.FromHours(2));
        var confirmed = await ConfirmAsync(asked.ConfirmationToken);

        var receipt = await Tracker.Consents.GetProofAsync(Tracker.Caller, new(null, An.Ada), Purpose.ConsentEvidence, confirmed.Entry!.Id, Cancellation);

        Assert.Contains("\"requested_at\":\"2026-11-23T12:00:00", receipt.Json, StringComparison.Ordinal);
        Assert.Contains("\"confirmed_at\":\"2026-11-23T14:00:00", receipt.Json, StringComparison.Ordinal);
        Assert.Contains($"\"request_sha256\":\"{asked.Entry!.Evidence!.Sha256}\"", receipt.Json, StringComparison.Ordinal);
        Assert.Contains("\"confirm_ip_address\":\"203.0.113.0\"", receipt.Json, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Compliance", "R-032")]
    public async Task The_token_has_256_bits_is_told_once_and_not_stored()
    {
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, id: "form-1"));
        var again = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, id: "form-1"));

        Assert.Equal(32, Base64Url.DecodeFromChars(asked.ConfirmationToken.Split('.')[1]).Length);
        Assert.Equal((asked.Entry!.Id, ""), (again.Entry!.Id, again.ConfirmationToken));
        Assert.DoesNotContain(
            Tracker.Store.Dump.Read("confirmations", new()).Concat(Tracker.Store.Dump.Read("consents", new())),
            line => line.Contains(asked.ConfirmationToken, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Compliance", "R-032")]
    public async Task A_token_is_good_to_its_last_millisecond_and_no_longer()
    {
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada));
        GoTo(asked.Entry!.ConfirmBy!.Value);

        var late = await Assert.ThrowsAsync<RefusalException>(() => ConfirmAsync(asked.ConfirmationToken));

        Assert.Equal((RefusalReason.TokenExpired, TestTracker.Noon.AddDays(7)), (late.Reason, asked.Entry.ConfirmBy));
    }

    [Fact]
    [Trait("Compliance", "R-032")]
    [Trait("Compliance", "E14")]
    public async Task An_age_that_anybody_may_have_typed_is_known_with_the_click_and_not_before()
    {
        await RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } });
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada) with { Age = new(new(2011, 6, 1), ""), NoticeId = "child", NoticeVersion = "child" });
        await Tracker.ReviewAsync(An.Ada);
        var before = await MayAsync(Purpose.Profiling, An.Ada);

        var confirmed = await ConfirmAsync(asked.ConfirmationToken);

        Assert.True(before);
        Assert.Equal(ConsentState.Given, confirmed.Entry!.State);
        Assert.False(await MayAsync(Purpose.Profiling, An.Ada));
        Assert.DoesNotContain("2011", (await Tracker.Consents.GetProofAsync(Tracker.Caller, new(null, An.Ada), Purpose.ConsentEvidence, confirmed.Entry.Id, Cancellation)).Json, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Compliance", "R-032")]
    public async Task A_second_click_answers_the_first_and_writes_nothing()
    {
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada));
        var first = await ConfirmAsync(asked.ConfirmationToken);
        Advance(TimeSpan.FromMinutes(1));

        var second = await ConfirmAsync(asked.ConfirmationToken);

        Assert.Equal((first.Entry!.Id, true), (second.Entry!.Id, second.IsRepeat));
        Assert.Equal(2, (await LedgerAsync(An.Ada)).Count);
    }

    [Fact]
    public async Task No_request_id_of_a_caller_stands_in_the_way_of_a_confirmation_or_an_end()
    {
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada));
        var given = await RecordAsync(An.Consent(Purpose.Analytics, An.Ada));
        await WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada, id: $"confirm/{asked.Entry!.Id}"));
        await WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada, id: $"confirm/{asked.Entry.Id}/{ContactChannel.Email}"));
        var itself = Tracker.Caller with { Source = ConsentEnder.Itself };
        await Tracker.Ledger.WithdrawAsync(itself, An.Withdrawal(Purpose.Profiling, An.Ada, id: $"{ConsentState.Expired}/{given.Entry!.Id}"), Cancellation);

        var confirmed = await ConfirmAsync(asked.ConfirmationToken);
        await Tracker.AdvanceToAsync(TestTracker.Noon.AddMonths(24));

        Assert.Equal((ConsentState.Given, asked.Entry.Id), (confirmed.Entry!.State, confirmed.Entry.RefersTo));
        Assert.Contains(await LedgerAsync(An.Ada), entry => entry.State == ConsentState.Expired && entry.RefersTo == given.Entry.Id);
    }

    [Fact]
    [Trait("Compliance", "R-033")]
    public async Task Whoever_asks_twice_within_an_hour_gets_one_message()
    {
        var first = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, id: "one"));
        Advance(TimeSpan.FromMinutes(59));
        var second = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, Now, "two"));
        Advance(TimeSpan.FromMinutes(2));
        var third = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, Now, "three"));

        Assert.Equal((first.Entry!.Id, ""), (second.Entry!.Id, second.ConfirmationToken));
        Assert.NotEqual("", third.ConfirmationToken);
    }

    [Fact]
    [Trait("Compliance", "R-033")]
    public async Task Whoever_asks_for_another_address_within_the_hour_is_sent_a_message_there()
    {
        Identifier card = new(IdentifierKind.LoyaltyCard, "1234567890");
        var first = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, id: "one") with { Identifiers = [card, An.Ada] });
        Advance(TimeSpan.FromMinutes(10));
        var other = An.Online(Purpose.DirectMarketing, An.Ada, Now, "two") with { Identifiers = [card, new(IdentifierKind.Email, "ada@work.example")] };

        var second = await RecordAsync(other);
        var again = await RecordAsync(other with { RequestId = "three", Evidence = Proof.Form("three", Now) });

        Assert.NotEqual(first.Entry!.Id, second.Entry!.Id);
        Assert.Equal(ConsentState.Given, (await ConfirmAsync(second.ConfirmationToken)).Entry!.State);
        Assert.Equal((second.Entry.Id, ""), (again.Entry!.Id, again.ConfirmationToken));
    }

    [Theory]
    [InlineData("withdrawal")]
    [InlineData("objection")]
    [InlineData("refusal")]
    [Trait("Compliance", "E44")]
    public async Task A_link_followed_after_the_person_said_no_confirms_nothing(string no)
    {
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada));
        Advance(TimeSpan.FromMinutes(5));
        await (no switch
        {
            "withdrawal" => WithdrawAsync(An.Withdrawal(Purpose.DirectMarketing, An.Ada)),
            "objection" => ObjectAsync(Purpose.DirectMarketing, An.Ada),
            _ => RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, Now, "no") with { State = ConsentState.Refused }),
        });
        Advance(TimeSpan.FromMinutes(5));

        var refused = await Assert.ThrowsAsync<RefusalException>(() => ConfirmAsync(asked.ConfirmationToken));

        Assert.Equal(RefusalReason.TokenExpired, refused.Reason);
        Assert.False(await CountsAsync(Purpose.DirectMarketing, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "E44")]
    public async Task Media_refused_in_between_stay_refused()
    {
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, channels: [ContactChannel.Email, ContactChannel.Sms]) with
        {
            Identifiers = [An.Ada, new(IdentifierKind.Phone, "+393331234567")],
        });
        Advance(TimeSpan.FromMinutes(5));
        await WithdrawAsync(An.Withdrawal(Purpose.DirectMarketing, An.Ada) with { ContactChannels = [ContactChannel.Sms] });

        var confirmed = await ConfirmAsync(asked.ConfirmationToken);

        Assert.Equal([ContactChannel.Email], confirmed.Entry!.ContactChannels);
    }

    [Fact]
    [Trait("Compliance", "E43")]
    public async Task A_link_that_a_mail_scanner_opens_confirms_nothing_until_the_person_does_and_once_only()
    {
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada));
        for (var opened = 0; opened < 3; opened++)
        {
            Assert.False(await CountsAsync(Purpose.DirectMarketing, An.Ada));
            Assert.False(await MayAsync(Purpose.DirectMarketing, An.Ada, ContactChannel.Email));
            await Tracker.Consents.GetProofAsync(Tracker.Caller, new(null, An.Ada), Purpose.ConsentEvidence, asked.Entry!.Id, Cancellation);
            Advance(TimeSpan.FromMinutes(1));
        }

        var (read, confirmed, again) = (await LedgerAsync(An.Ada), await ConfirmAsync(asked.ConfirmationToken), await ConfirmAsync(asked.ConfirmationToken));

        Assert.Equal(ConsentState.PendingConfirmation, Assert.Single(read).State);
        Assert.True(await MayAsync(Purpose.DirectMarketing, An.Ada, ContactChannel.Email));
        Assert.Equal((confirmed.Entry!.Id, confirmed.ConsentEpoch, true), (again.Entry!.Id, again.ConsentEpoch, again.IsRepeat));
    }

    [Fact]
    public async Task Nothing_but_a_confirmation_makes_a_pending_consent_count_and_a_foreign_token_is_none()
    {
        await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada));

        var refused = await Assert.ThrowsAsync<RefusalException>(() => ConfirmAsync(new string('A', 43)));

        Assert.Equal(RefusalReason.TokenExpired, refused.Reason);
        Assert.False(await CountsAsync(Purpose.DirectMarketing, An.Ada));
    }

    [Fact]
    public async Task A_time_of_sending_that_cannot_be_is_refused_by_the_name_it_has_on_the_wire()
    {
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada));

        var refused = await Assert.ThrowsAsync<RefusalException>(() => Tracker.Confirmations.ConfirmAsync(
            Tracker.Caller, new ConfirmationDraft { Token = asked.ConfirmationToken, MailSentAt = DateTimeOffset.UnixEpoch.AddDays(-1) }, Cancellation));

        Assert.Equal("mail_sent_at", Assert.Single(refused.Violations).Field);
    }

    [Fact]
    public async Task An_address_that_nobody_confirmed_is_forgotten_with_its_token()
    {
        await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada));
        GoTo(TestTracker.Noon.AddDays(7));

        await Tracker.Store.Expiry.SweepAsync(1_000, Cancellation);

        Assert.Null(await Tracker.Lookup.FindAsync(Tracker.Caller, new(null, An.Ada), Cancellation));
        Assert.Empty(Tracker.Store.Dump.Read("confirmations", new() { IncludeExpired = true }));
    }

    [Fact]
    public async Task A_list_of_a_partner_counts_once_the_person_has_confirmed_to_us()
    {
        var asked = await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada) with { Evidence = Proof.PartnerFeed("list", TestTracker.Noon) });
        var before = await CountsAsync(Purpose.DirectMarketing, An.Ada);

        await ConfirmAsync(asked.ConfirmationToken);

        Assert.False(before);
        Assert.True(await CountsAsync(Purpose.DirectMarketing, An.Ada));
    }

    [Fact]
    public async Task What_was_signed_in_the_shop_or_is_about_another_medium_waits_for_nothing()
    {
        var paper = await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada));
        var post = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Bob, channels: [ContactChannel.Post]));

        Assert.Equal((ConsentState.Given, ConsentState.Given), (paper.Entry!.State, post.Entry!.State));
    }
}
