using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>What was given for one address says nothing of another, though both lead to the same person.</summary>
public sealed class ConsentAddressTests : LedgerTests
{
    private static readonly Identifier OtherMail = new(IdentifierKind.Email, "typed-at-a-till@example.com");
    private static readonly Identifier Phone = new(IdentifierKind.Phone, "+393331234567");
    private static readonly Identifier OtherPhone = new(IdentifierKind.Phone, "+393337654321");
    private static readonly MessageTerms Fair = new(IsOwnProduct: true, IsSimilarProduct: true, OffersOptOut: true);

    [Fact]
    [Trait("Compliance", "E07")]
    [Trait("Compliance", "R-032")]
    public async Task A_click_confirms_its_own_address_for_the_check_the_audience_and_the_write()
    {
        await ConfirmMailAsync();
        await LinkAsync(OtherMail);

        Identifier[] named = [An.Ada, OtherMail, An.Bob];
        var audience = await Tracker.Permissions.CheckAudienceAsync(Tracker.Caller, [.. named.Select(by => new ProfileReference(null, by))], Mail, Cancellation);

        Assert.Equal([Reason.None, Reason.ConsentScope, Reason.None], await WhyAsync(named, Mail));
        Assert.Equal([Reason.None, Reason.ConsentScope, Reason.None], audience.People.Select(person => person.Reason));
        Assert.Equal([Reason.None, Reason.ConsentScope, Reason.None], await WrittenAsync(named));
    }

    [Fact]
    [Trait("Compliance", "E07")]
    public async Task What_names_several_addresses_is_permitted_where_the_one_of_the_consent_is_among_them()
    {
        await ConfirmMailAsync();
        await LinkAsync(OtherMail);

        var sent = await Tracker.RecordAsync(Sent("both") with { Identifiers = [OtherMail, An.Ada] });

        Assert.Equal(Reason.None, sent.Reason);
    }

    [Fact]
    [Trait("Compliance", "R-032")]
    public async Task A_click_on_a_link_by_text_message_confirms_its_own_number()
    {
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Bob, channels: ContactChannel.Sms) with { Identifiers = [An.Bob, Phone, An.Ada] });
        await ConfirmAsync(asked.ConfirmationToken);
        await LinkAsync(OtherPhone);

        // An e-mail address names the person, and says nothing of the number.
        Assert.Equal([Reason.None, Reason.ConsentScope, Reason.None], await WhyAsync([Phone, OtherPhone, An.Ada], Mail with { ContactChannel = ContactChannel.Sms }));
    }

    [Fact]
    [Trait("Compliance", "R-032")]
    public async Task A_source_that_confirmed_by_itself_did_so_for_the_address_it_names()
    {
        await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada) with { Identifiers = [An.Bob, An.Ada], Evidence = Proof.DoubleOptIn("own", Now) });
        await LinkAsync(OtherMail);

        Assert.Equal([Reason.None, Reason.ConsentScope, Reason.None], await WhyAsync([An.Ada, OtherMail, An.Bob], Mail));
    }

    [Fact]
    [Trait("Compliance", "E07")]
    public async Task A_signature_covers_the_addresses_on_the_paper_and_where_there_are_none_those_of_the_person()
    {
        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Bob, channels: [ContactChannel.Email, ContactChannel.Sms]) with { Identifiers = [An.Bob, An.Ada] });
        await LinkAsync(OtherMail);
        await LinkAsync(OtherPhone);

        Assert.Equal([Reason.None, Reason.ConsentScope], await WhyAsync([An.Ada, OtherMail], Mail));
        Assert.Equal([Reason.None], await WhyAsync([OtherPhone], Mail with { ContactChannel = ContactChannel.Sms }));
    }

    [Fact]
    [Trait("Compliance", "R-156")]
    public async Task A_soft_opt_in_is_of_the_address_that_was_given_in_the_sale()
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Bob));
        await Tracker.Contacts.NoteSoftOptInAsync(Tracker.Caller, An.SoftOptIn(An.Ada) with { Identifiers = [An.Bob, An.Ada] }, Cancellation);
        await LinkAsync(OtherMail);
        Identifier[] named = [An.Ada, OtherMail, An.Bob];

        Assert.Equal([Reason.None, Reason.SoftOptInCondition, Reason.None], await WhyAsync(named, Mail with { Message = Fair }));
        Assert.Equal([Reason.None, Reason.SoftOptInCondition, Reason.None], await WrittenAsync(named, Fair));
    }

    [Fact]
    [Trait("Compliance", "R-035")]
    public async Task A_gift_for_an_address_that_cannot_lead_to_the_person_is_refused_because_nobody_could_withdraw_by_it()
    {
        var card = new Identifier(IdentifierKind.LoyaltyCard, "4242");
        for (var i = 0; i < 20; i++)
        {
            await Tracker.RecordAsync(An.Receipt($"receipt-{i}") with { Identifiers = [card, new(IdentifierKind.Email, $"a{i}@example.com")] });
        }

        var consent = await RefusedAsync(An.Consent(Purpose.DirectMarketing, OtherMail, Now) with { Identifiers = [card, OtherMail] });
        var softOptIn = await Assert.ThrowsAsync<RefusalException>(() =>
            Tracker.Contacts.NoteSoftOptInAsync(Tracker.Caller, An.SoftOptIn(OtherMail) with { Identifiers = [card, OtherMail] }, Cancellation));

        Assert.All([consent, softOptIn], refused => Assert.Contains("at_most", Assert.Single(refused.Violations).Description, StringComparison.Ordinal));
        Assert.Equal(ConsentState.Given, (await RecordAsync(An.Consent(Purpose.Profiling, card, Now) with { Identifiers = [card, OtherMail] })).Entry!.State);
    }

    [Fact]
    [Trait("Compliance", "E07")]
    public async Task Each_address_is_confirmed_by_a_click_of_its_own_and_may_be_asked_for_it()
    {
        await ConfirmMailAsync();
        await LinkAsync(OtherMail);
        var mayAsk = await Tracker.Prompts.CheckAsync(Tracker.Caller, new(null, OtherMail), Purpose.DirectMarketing, ContactChannel.Email, Cancellation);

        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, OtherMail, Now, "second"));
        var waiting = await WhyAsync([An.Ada, OtherMail], Mail);
        await ConfirmAsync(asked.ConfirmationToken);

        Assert.True(mayAsk.MayAsk);
        Assert.Equal([Reason.None, Reason.ConsentPending], waiting);
        Assert.Equal([Reason.None, Reason.None], await WhyAsync([An.Ada, OtherMail], Mail));
        Assert.False((await Tracker.Prompts.CheckAsync(Tracker.Caller, new(null, OtherMail), Purpose.DirectMarketing, ContactChannel.Email, Cancellation)).MayAsk);
    }

    [Fact]
    [Trait("Compliance", "E24")]
    public async Task The_same_proof_for_another_address_is_another_decision()
    {
        var first = An.Consent(Purpose.DirectMarketing, An.Ada, Now, "first") with { Identifiers = [An.Bob, An.Ada] };
        await RecordAsync(first);

        var second = await RecordAsync(first with { RequestId = "second", Identifiers = [An.Bob, OtherMail] });
        var reused = await RefusedAsync(first with { Identifiers = [An.Bob, OtherMail] });

        Assert.False(second.IsRepeat);
        Assert.Equal("request_id", Assert.Single(reused.Violations).Field);
        Assert.Equal([Reason.None, Reason.None], await WhyAsync([An.Ada, OtherMail], Mail));
    }

    [Theory]
    [InlineData(ContactChannel.Im, IdentifierKind.Phone, "+390611111111", "+390622222222")]
    [InlineData(ContactChannel.SocialAudience, IdentifierKind.Email, "one@example.com", "two@example.com")]
    [Trait("Compliance", "E07")]
    public async Task A_messenger_and_an_audience_have_the_address_that_the_consent_was_given_for_too(ContactChannel medium, IdentifierKind kind, string own, string other)
    {
        var (given, linked) = (new Identifier(kind, own), new Identifier(kind, other));
        await RecordAsync(An.Consent(Purpose.DirectMarketing, given, channels: medium) with { Identifiers = [An.Bob, given] });
        await RecordAsync(An.Consent(Purpose.ThirdPartySharing, given) with { Identifiers = [An.Bob, given] });
        await LinkAsync(linked);
        var question = new PermissionQuestion { Purpose = Purpose.DirectMarketing, ContactChannel = medium, Recipient = medium == ContactChannel.SocialAudience ? "partner" : "" };

        Assert.Equal([Reason.None, Reason.ConsentScope], await WhyAsync([given, linked], question));
    }

    [Fact]
    [Trait("Compliance", "E07")]
    public async Task What_was_lawful_to_keep_stays_so_when_another_address_is_linked()
    {
        await ConfirmMailAsync();
        await Tracker.RecordAsync(Sent("mail") with { Identifiers = [An.Ada] });
        await LinkAsync(OtherMail);

        await Tracker.ReviewAsync(OtherMail);

        Assert.Single((await Tracker.TimelineAsync(OtherMail, Purpose.DirectMarketing)).Items);
    }

    private static PermissionQuestion Mail => new() { Purpose = Purpose.DirectMarketing, ContactChannel = ContactChannel.Email };

    private async Task ConfirmMailAsync()
    {
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada) with { Identifiers = [An.Bob, An.Ada] });
        await ConfirmAsync(asked.ConfirmationToken);
        Advance(TimeSpan.FromMinutes(1));
    }

    /// <summary>An address that somebody types in at a till, beside the number of the customer.</summary>
    private async Task LinkAsync(Identifier address)
    {
        Advance(TimeSpan.FromMinutes(1));
        await Tracker.RecordAsync(An.Receipt($"till-{address.Value}", at: Now) with { Identifiers = [An.Bob, address] });
        Assert.Equal((await ControlAsync(An.Bob)).Profile, (await ControlAsync(address)).Profile);
        Advance(TimeSpan.FromMinutes(1));
    }

    private async Task<IReadOnlyList<Reason>> WhyAsync(IReadOnlyList<Identifier> named, PermissionQuestion question)
    {
        List<Reason> reasons = [];
        foreach (var by in named)
        {
            reasons.Add((await Tracker.Permissions.CheckAsync(Tracker.Caller, new(null, by), question, Cancellation)).Reason);
        }

        return reasons;
    }

    private async Task<IReadOnlyList<Reason>> WrittenAsync(IReadOnlyList<Identifier> named, MessageTerms? terms = null) =>
        [.. (await Tracker.RecordAsync([.. named.Select((by, i) => Sent($"mail-{i}") with { Identifiers = [by], Message = terms })])).Select(sent => sent.Reason)];

    private InteractionDraft Sent(string id) => An.PageView(id, at: Now, purposes: Purpose.DirectMarketing) with
    {
        Type = "email.sent",
        Channel = Channel.Email,
        ContactChannel = ContactChannel.Email,
        Content = new() { Online = new() { Campaign = new() { CampaignId = "spring" } } },
    };
}
