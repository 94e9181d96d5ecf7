using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>R-020, R-037: whether one act covered two media or two acts did is no matter.</summary>
public sealed class TwoActsTests : LedgerTests
{
    private static readonly Identifier Phone = new(IdentifierKind.Phone, "+393331234567");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "R-037")]
    public async Task The_telephone_that_was_stated_is_kept_for_the_consent_to_text_messages_whether_one_act_or_two_gave_the_media(bool isOneAct)
    {
        await GiveAsync(isOneAct);
        var stated = await Tracker.RecordAsync(An.Newsletter("form", at: Now) with { Identifiers = [An.Ada, Phone], Content = new() { Contact = new() { GivenName = "Ada", Email = "ada@example.com", Phone = Phone.Value } } });
        var view = await Tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing);
        var contact = view.Contact;

        Assert.Equal((true, true), (contact?.Email is { Length: > 0 }, contact?.Phone is { Length: > 0 }));
        Assert.Equal(Outcome.Accepted, stated.Outcome);
    }

    [Theory]
    [InlineData(true, ContactChannel.Email)]
    [InlineData(false, ContactChannel.Email)]
    [InlineData(true, ContactChannel.Sms)]
    [InlineData(false, ContactChannel.Sms)]
    [Trait("Compliance", "R-037")]
    public async Task What_was_by_no_medium_goes_on_for_the_other_whether_one_act_or_two_gave_the_media(bool isOneAct, ContactChannel withdrawn)
    {
        await GiveAsync(isOneAct);
        await Tracker.RecordAsync(An.PageView("view", An.Ada, Now, Purpose.DirectMarketing) with { Content = new() { Online = new() { Campaign = new() { CampaignId = "spring" } } } });
        Assert.Single((await Tracker.TimelineAsync(An.Ada, Purpose.DirectMarketing)).Items);
        Advance(TimeSpan.FromMinutes(1));
        await WithdrawAsync(An.Withdrawal(Purpose.DirectMarketing, An.Ada, Now) with { ContactChannels = [withdrawn] });
        await Tracker.ReviewAsync(An.Ada);

        Assert.Single((await Tracker.TimelineAsync(An.Ada, Purpose.DirectMarketing)).Items);
    }

    [Fact]
    [Trait("Compliance", "R-037")]
    public async Task What_was_by_no_medium_goes_on_for_text_messages_that_were_confirmed_with_the_same_box_as_mail()
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada) with { Identifiers = [An.Ada, Phone] });
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, id: "both", channels: [ContactChannel.Email, ContactChannel.Sms]) with { Identifiers = [An.Ada, Phone] });
        foreach (var token in asked.ConfirmationTokens)
        {
            await ConfirmAsync(token.Text);
        }

        Advance(TimeSpan.FromMinutes(1));
        await Tracker.RecordAsync(An.PageView("view", An.Ada, Now, Purpose.DirectMarketing) with { Content = new() { Online = new() { Campaign = new() { CampaignId = "spring" } } } });
        Advance(TimeSpan.FromMinutes(1));
        await WithdrawAsync(An.Withdrawal(Purpose.DirectMarketing, An.Ada, Now) with { ContactChannels = [ContactChannel.Email] });

        Assert.True(await MayAsync(Purpose.DirectMarketing, An.Ada, ContactChannel.Sms));
        Assert.Single((await Tracker.TimelineAsync(An.Ada, Purpose.DirectMarketing)).Items);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "R-037")]
    public async Task What_was_by_no_medium_and_text_messages_carry_is_kept_in_whatever_order_the_no_to_mail_arrives(bool isInOrder)
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, id: "sms", channels: [ContactChannel.Sms]));
        await Tracker.Contacts.NoteSoftOptInAsync(Tracker.Caller, An.SoftOptIn(An.Ada), Cancellation);
        Advance(TimeSpan.FromMinutes(1));
        var view = An.PageView("view", An.Ada, Now, Purpose.DirectMarketing) with { Content = new() { Online = new() { Campaign = new() { CampaignId = "spring" } } } };
        if (isInOrder)
        {
            await Tracker.RecordAsync(view);
        }

        Advance(TimeSpan.FromMinutes(1));
        await ObjectAsync(Purpose.DirectMarketing, An.Ada, channels: [ContactChannel.Email]);
        if (!isInOrder)
        {
            await Tracker.RecordAsync(view);
        }

        await Tracker.ReviewAsync(An.Ada);

        Assert.Single((await Tracker.TimelineAsync(An.Ada, Purpose.DirectMarketing)).Items);
    }

    private async Task GiveAsync(bool isOneAct)
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada) with { Identifiers = [An.Ada, Phone] });
        if (isOneAct)
        {
            await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, id: "both", channels: [ContactChannel.Email, ContactChannel.Sms]) with { Identifiers = [An.Ada, Phone] });
        }
        else
        {
            await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, id: "mail", channels: [ContactChannel.Email]));
            await RecordAsync(An.Consent(Purpose.DirectMarketing, Phone, id: "sms", channels: [ContactChannel.Sms]) with { Identifiers = [Phone] });
        }

        Advance(TimeSpan.FromMinutes(1));
    }
}
