using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>Compliance 2.1: an upload to a platform needs consent to sharing and to marketing there; with either of them it ends.</summary>
public sealed class AudienceSharingTests : LedgerTests
{
    [Theory]
    [InlineData(Purpose.ThirdPartySharing, false)]
    [InlineData(Purpose.ThirdPartySharing, true)]
    [InlineData(Purpose.DirectMarketing, false)]
    [InlineData(Purpose.DirectMarketing, true)]
    [Trait("Compliance", "R-020")]
    public async Task An_upload_is_not_read_once_consent_to_marketing_on_platforms_is_withdrawn(Purpose purpose, bool hasMail)
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await RecordAsync(An.Consent(Purpose.ThirdPartySharing, An.Ada));
        ContactChannel[] media = hasMail ? [ContactChannel.Email, ContactChannel.SocialAudience] : [ContactChannel.SocialAudience];
        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, id: "marketing", channels: media));
        Advance(TimeSpan.FromMinutes(1));
        var sent = await Tracker.RecordAsync(An.Newsletter("upload", at: Now) with
        {
            Type = "offer.sent",
            Purposes = [purpose],
            ContactChannel = ContactChannel.SocialAudience,
            Recipient = "partner",
            Content = new() { Online = new() { Campaign = new() { CampaignId = "spring" } } },
        });
        Assert.NotEqual(Outcome.Denied, sent.Outcome);
        var before = (await Tracker.TimelineAsync(An.Ada, purpose)).Items.Count;
        Advance(TimeSpan.FromMinutes(1));
        await WithdrawAsync(An.Withdrawal(Purpose.DirectMarketing, An.Ada, Now) with { ContactChannels = [ContactChannel.SocialAudience] });

        Assert.Equal((1, 0), (before, (await Tracker.TimelineAsync(An.Ada, purpose)).Items.Count));
    }
}
