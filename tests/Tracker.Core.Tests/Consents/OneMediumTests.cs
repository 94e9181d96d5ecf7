using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>R-020, R-037: what a consent to one medium alone carried goes with that medium, also where one act covered two.</summary>
public sealed class OneMediumTests : LedgerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "R-037")]
    public async Task A_mail_that_was_sent_is_not_read_nor_kept_once_consent_to_mail_is_withdrawn(bool isOneAct)
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        if (isOneAct)
        {
            await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, id: "both", channels: [ContactChannel.Email, ContactChannel.Sms]));
        }
        else
        {
            await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, id: "mail", channels: [ContactChannel.Email]));
            await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, id: "sms", channels: [ContactChannel.Sms]));
        }

        Advance(TimeSpan.FromMinutes(1));
        var sent = await Tracker.RecordAsync(An.Newsletter("mail", at: Now) with { Type = "email.sent", Content = new() { Online = new() { Campaign = new() { CampaignId = "spring" } } } });
        Advance(TimeSpan.FromMinutes(1));
        await WithdrawAsync(An.Withdrawal(Purpose.DirectMarketing, An.Ada, Now) with { ContactChannels = [ContactChannel.Email] });
        var late = await Tracker.RecordAsync(An.Newsletter("late", at: Now.AddMinutes(-1)) with { Type = "email.sent", Content = new() { Online = new() { Campaign = new() { CampaignId = "spring" } } } });
        var read = (await Tracker.TimelineAsync(An.Ada, Purpose.DirectMarketing)).Items.Select(item => item.MessageId);
        await Tracker.ReviewAsync(An.Ada);

        Assert.Equal((Outcome.Accepted, Outcome.Denied), (sent.Outcome, late.Outcome));
        Assert.Empty(read);
        Assert.DoesNotContain(await Tracker.RecordsAsync(An.Ada), record => record.Type == "email.sent");
    }

    [Fact]
    [Trait("Compliance", "R-020")]
    public async Task A_mail_that_was_sent_is_not_read_once_the_person_has_objected_to_mail()
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, id: "both", channels: [ContactChannel.Email, ContactChannel.Sms]));
        Advance(TimeSpan.FromMinutes(1));
        await Tracker.RecordAsync(An.Newsletter("mail", at: Now) with { Type = "email.sent", Content = new() { Online = new() { Campaign = new() { CampaignId = "spring" } } } });
        Advance(TimeSpan.FromMinutes(1));
        await ObjectAsync(Purpose.DirectMarketing, An.Ada, channels: [ContactChannel.Email]);

        Assert.False(await MayAsync(Purpose.DirectMarketing, An.Ada, ContactChannel.Email));
        Assert.Empty((await Tracker.TimelineAsync(An.Ada, Purpose.DirectMarketing)).Items);
    }
}
