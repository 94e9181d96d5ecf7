using Tracker.Core.Model;
using Tracker.Core.Tests.Consents;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

/// <summary>R-155: a mail is by mail, whatever medium its sender names beside its type.</summary>
public sealed class MediumOfTypeTests : LedgerTests
{
    [Fact]
    [Trait("Compliance", "R-155")]
    public async Task A_mail_that_went_out_is_not_kept_on_a_consent_to_post()
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, id: "post", channels: [ContactChannel.Post]));
        Advance(TimeSpan.FromMinutes(1));
        var mail = An.Newsletter("mail", at: Now) with { Type = "email.sent", Content = new() { Online = new() { Campaign = new() { CampaignId = "spring" } } } };
        var named = await Tracker.RecordAsync(mail with { MessageId = "post", ContactChannel = ContactChannel.Post });
        var plain = await Tracker.RecordAsync(mail);

        var called = await Tracker.RecordAsync(mail with { MessageId = "call", Type = "call.made", ContactChannel = ContactChannel.Email });

        Assert.Equal((Outcome.Denied, Outcome.Invalid), (plain.Outcome, named.Outcome));
        Assert.Equal("must be PHONE_OPERATOR or AUTO_CALL, or absent: that is the medium of the type", Assert.Single(called.Violations).Description);
        Assert.Equal(("contact_channel", "must be EMAIL, or absent: that is the medium of the type"), (named.Violations[0].Field, named.Violations[0].Description));
    }
}
