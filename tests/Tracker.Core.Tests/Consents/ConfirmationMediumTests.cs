using System.Buffers.Text;
using System.Text.Json.Nodes;
using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>A click shows who holds one address, and confirms what is sent there.</summary>
public sealed class ConfirmationMediumTests : LedgerTests
{
    private static readonly Identifier AdasPhone = new(IdentifierKind.Phone, "+393331234567");
    private static readonly Identifier AdasOtherMail = new(IdentifierKind.Email, "ada@work.example");

    [Theory]
    [InlineData(ContactChannel.Sms, "+393331234567")]
    [InlineData(ContactChannel.Email, "ada@example.com")]
    [Trait("Compliance", "R-032")]
    public async Task A_token_is_made_only_for_an_address_that_the_request_names(ContactChannel medium, string address)
    {
        var kind = medium == ContactChannel.Sms ? IdentifierKind.Phone : IdentifierKind.Email;

        var refused = await RefusedAsync(An.Online(Purpose.DirectMarketing, An.Bob, channels: medium));

        var violation = Assert.Single(refused.Violations);
        Assert.Equal("identifiers", violation.Field);
        Assert.Contains(kind == IdentifierKind.Phone ? "PHONE" : "EMAIL", violation.Description, StringComparison.Ordinal);
        Assert.Single((await RecordAsync(An.Online(Purpose.DirectMarketing, An.Bob, channels: medium) with { Identifiers = [An.Bob, new(kind, address)] })).ConfirmationTokens);
    }

    [Theory]
    [InlineData(EvidenceKind.Checkbox)]
    [InlineData(EvidenceKind.PartnerFeed)]
    [InlineData(EvidenceKind.DoubleOptIn)]
    [Trait("Compliance", "R-032")]
    public async Task A_click_shows_one_address_so_that_two_of_its_kind_are_refused(EvidenceKind kind)
    {
        var draft = An.Online(Purpose.DirectMarketing, An.Ada) with
        {
            Evidence = kind switch
            {
                EvidenceKind.Checkbox => Proof.Checkbox("c", TestTracker.Noon),
                EvidenceKind.PartnerFeed => Proof.PartnerFeed("l", TestTracker.Noon),
                _ => Proof.DoubleOptIn("d", TestTracker.Noon),
            },
        };

        var refused = await RefusedAsync(draft with { Identifiers = [An.Ada, AdasOtherMail] });

        Assert.Equal("identifiers", Assert.Single(refused.Violations).Field);
        Assert.DoesNotContain("work.example", refused.Violations[0].Description, StringComparison.Ordinal);
        Assert.NotNull((await RecordAsync(draft with { Identifiers = [An.Ada, An.Ada, AdasPhone] })).Entry);
    }

    [Fact]
    [Trait("Compliance", "R-032")]
    public async Task A_click_in_a_mail_confirms_nothing_by_text_message()
    {
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, channels: [ContactChannel.Sms, ContactChannel.Post, ContactChannel.Email]) with { Identifiers = [An.Ada, AdasPhone] });
        var (mail, text) = (asked.ConfirmationTokens[0], asked.ConfirmationTokens[1]);

        var confirmed = await ConfirmAsync(mail.Text);
        var waiting = await ReasonAsync(ContactChannel.Sms);
        var further = await ConfirmAsync(text.Text);

        Assert.Equal([ContactChannel.Email, ContactChannel.Sms], asked.ConfirmationTokens.Select(token => token.ContactChannel));
        Assert.Equal([ContactChannel.Email], confirmed.Entry!.ContactChannels);
        Assert.Equal(Reason.ConsentPending, waiting);
        Assert.Equal([ContactChannel.Sms], further.Entry!.ContactChannels);
        Assert.Equal(Reason.None, await ReasonAsync(ContactChannel.Sms));
    }

    [Fact]
    [Trait("Compliance", "R-032")]
    public async Task Media_that_need_no_confirmation_count_at_once_and_outlive_one_that_never_comes()
    {
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, channels: [ContactChannel.Post, ContactChannel.Email]));
        var atOnce = (await ReasonAsync(ContactChannel.Post), await ReasonAsync(ContactChannel.Email));
        await Tracker.AdvanceToAsync(TestTracker.Noon.AddDays(30));

        Assert.Equal((Reason.None, Reason.ConsentPending), atOnce);
        Assert.Equal((ConsentState.PendingConfirmation, ContactChannel.Email), (asked.Entry!.State, Assert.Single(asked.Entry.ContactChannels)));
        Assert.Equal((ConsentState.Given, ContactChannel.Post), (asked.AtOnce!.State, Assert.Single(asked.AtOnce.ContactChannels)));
        Assert.Equal(asked.AtOnce.Id, Assert.Single(await LedgerAsync(An.Ada)).Id);
        Assert.Equal(Reason.None, await ReasonAsync(ContactChannel.Post));
    }

    [Fact]
    [Trait("Compliance", "R-032")]
    public async Task A_repeat_answers_both_parts_and_another_decision_under_its_request_id_leaves_neither()
    {
        var draft = An.Online(Purpose.DirectMarketing, An.Ada, id: "form-1", channels: [ContactChannel.Post, ContactChannel.Email]);
        var first = await RecordAsync(draft);
        var again = await RecordAsync(draft);

        await RefusedAsync(draft with { ContactChannels = [ContactChannel.Push, ContactChannel.Email], DecidedAt = Now.AddMinutes(1) });

        Assert.Equal((first.Entry!.Id, first.AtOnce!.Id, true), (again.Entry!.Id, again.AtOnce!.Id, again.IsRepeat));
        Assert.Equal(first.ConsentEpoch, again.ConsentEpoch);
        Assert.Equal(2, (await LedgerAsync(An.Ada)).Count);
    }

    [Fact]
    [Trait("Compliance", "R-032")]
    public async Task A_token_is_good_for_its_medium_alone_whatever_is_written_before_it()
    {
        var asked = await RecordAsync(BothMedia());
        var forged = $"{(int)ContactChannel.Sms}{asked.ConfirmationToken[1..]}";

        var refused = await Assert.ThrowsAsync<RefusalException>(() => ConfirmAsync(forged));

        Assert.Equal(RefusalReason.TokenExpired, refused.Reason);
        Assert.Equal(ContactChannel.Email, Assert.Single((await ConfirmAsync(asked.ConfirmationToken)).Entry!.ContactChannels));
        Assert.Equal(Reason.ConsentPending, await ReasonAsync(ContactChannel.Sms));
    }

    [Fact]
    [Trait("Compliance", "E44")]
    public async Task A_second_click_in_the_mail_after_its_withdrawal_is_over_though_text_messages_stand()
    {
        var asked = await RecordAsync(BothMedia());
        await ConfirmAsync(asked.ConfirmationTokens[0].Text);
        var text = await ConfirmAsync(asked.ConfirmationTokens[1].Text);
        Advance(TimeSpan.FromMinutes(5));
        await WithdrawAsync(An.Withdrawal(Purpose.DirectMarketing, An.Ada) with { ContactChannels = [ContactChannel.Email] });

        await Assert.ThrowsAsync<RefusalException>(() => ConfirmAsync(asked.ConfirmationTokens[0].Text));

        Assert.Equal(text.Entry!.Id, (await ConfirmAsync(asked.ConfirmationTokens[1].Text)).Entry!.Id);
    }

    [Fact]
    [Trait("Compliance", "R-032")]
    public async Task The_proof_of_a_confirmation_holds_the_address_of_its_medium_and_no_other()
    {
        var asked = await RecordAsync(BothMedia());
        var (mail, text) = (await ConfirmAsync(asked.ConfirmationTokens[0].Text), await ConfirmAsync(asked.ConfirmationTokens[1].Text));

        var addresses = new[] { await AddressAsync(mail), await AddressAsync(text) };

        Assert.Equal(
            [IdentifierKind.Email, IdentifierKind.Phone],
            addresses.Select(address => IdentifierHash.Read(Base64Url.DecodeFromChars(address)).Kind));
    }

    [Fact]
    [Trait("Compliance", "R-032")]
    public async Task A_double_opt_in_of_the_source_is_no_proof_of_two_addresses()
    {
        var both = An.Consent(Purpose.DirectMarketing, An.Ada, channels: [ContactChannel.Email, ContactChannel.Sms]) with { Evidence = Proof.DoubleOptIn("own", TestTracker.Noon) };

        var refused = await RefusedAsync(both);

        Assert.Equal((RefusalReason.NotGranular, "contact_channels"), (refused.Reason, Assert.Single(refused.Violations).Field));
        Assert.Equal(ConsentState.Given, (await RecordAsync(both with { ContactChannels = [ContactChannel.Email] })).Entry!.State);
    }

    [Fact]
    [Trait("Compliance", "R-036")]
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

        var confirmed = await ReasonAsync(ContactChannel.Sms);
        await WithdrawAsync(An.Withdrawal(Purpose.DirectMarketing, An.Ada, between));

        Assert.Equal(Reason.None, confirmed);
        Assert.False(await MayAsync(Purpose.DirectMarketing, An.Ada, ContactChannel.Email));
        Assert.False(await MayAsync(Purpose.DirectMarketing, An.Ada, ContactChannel.Sms));
    }

    [Fact]
    [Trait("Compliance", "R-036")]
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
    [Trait("Compliance", "R-032")]
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
    [Trait("Compliance", "R-032")]
    [Trait("Compliance", "E07")]
    public async Task A_click_for_an_audience_shows_one_address_of_either_kind()
    {
        var refused = await RefusedAsync(An.Consent(Purpose.DirectMarketing, An.Ada, channels: ContactChannel.SocialAudience) with
        {
            Identifiers = [An.Ada, AdasPhone],
            Evidence = Proof.PartnerFeed("list", TestTracker.Noon),
        });

        Assert.Equal("identifiers", Assert.Single(refused.Violations).Field);
    }

    private static ConsentDraft BothMedia() => An.Online(Purpose.DirectMarketing, An.Ada, channels: [ContactChannel.Email, ContactChannel.Sms]) with { Identifiers = [An.Ada, AdasPhone] };

    private async Task<Reason> ReasonAsync(ContactChannel medium) =>
        (await Tracker.Permissions.CheckAsync(Tracker.Caller, new(null, An.Ada), Purpose.DirectMarketing, medium, Cancellation)).Reason;

    private async Task<string> AddressAsync(ConsentAppended confirmed)
    {
        var receipt = await Tracker.Consents.GetProofAsync(Tracker.Caller, new(null, An.Ada), Purpose.ConsentEvidence, confirmed.Entry!.Id, Cancellation);
        return (string)JsonNode.Parse(receipt.Json)!["events"]![0]!["evidence"]!["details"]!["double_opt_in"]!["address_hash"]!;
    }
}
