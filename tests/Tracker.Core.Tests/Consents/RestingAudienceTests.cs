using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>E13: an upload needs two consents, and is none of theirs where one of the two rested.</summary>
public sealed class RestingAudienceTests : MovingChild
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E13")]
    public async Task An_upload_while_one_of_its_consents_rested_is_not_kept_in_whatever_order_the_move_is_told(bool isInOrder)
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } });
        await RecordAsync(An.Consent(Purpose.ThirdPartySharing, An.Ada, id: "alone") with { Age = new(Born, "IT"), NoticeId = "child", NoticeVersion = "child" });
        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, id: "marketing", channels: [ContactChannel.SocialAudience]) with { IsOffline = false, Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" });
        var (moved, sent) = (TestTracker.Noon.AddHours(1), TestTracker.Noon.AddHours(2));
        GoTo(TestTracker.Noon.AddHours(3));
        var upload = An.Newsletter("upload", at: sent) with
        {
            Type = "offer.sent",
            Purposes = [Purpose.DirectMarketing],
            ContactChannel = ContactChannel.SocialAudience,
            Recipient = "partner",
            Content = new() { Online = new() { Campaign = new() { CampaignId = "spring" } } },
        };
        if (isInOrder)
        {
            await StateAsync(Born, "DE", "moved", moved);
            Assert.Equal(Outcome.Denied, (await Tracker.RecordAsync(upload)).Outcome);
        }
        else
        {
            Assert.NotEqual(Outcome.Denied, (await Tracker.RecordAsync(upload)).Outcome);
            await StateAsync(Born, "DE", "moved", moved);
        }

        await Tracker.AdvanceToAsync(Now.AddHours(25));
        await Tracker.ReviewAsync(An.Ada);

        Assert.DoesNotContain(await Tracker.RecordsAsync(An.Ada), record => record.Type == "offer.sent");
    }
}
