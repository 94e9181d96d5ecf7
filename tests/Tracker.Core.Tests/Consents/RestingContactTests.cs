using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>E13: what was collected before the move stays while the consent rests, contact details as any record.</summary>
public sealed class RestingContactTests : MovingChild
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Compliance", "E13")]
    public async Task Contact_details_given_before_the_move_are_there_again_after_the_birthday(bool isReviewed)
    {
        await RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } });
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, id: "alone") with { Age = new(Born, "IT"), NoticeId = "child", NoticeVersion = "child" });
        Advance(TimeSpan.FromMinutes(1));
        await ConfirmAsync(asked.ConfirmationToken);
        Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Outcome.Accepted, (await Tracker.RecordAsync(An.Newsletter("form", at: Now))).Outcome);
        var italy = await NameAsync();

        Advance(TimeSpan.FromHours(1));
        await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, Now, id: "guardian") with { Age = new(Born, "DE"), Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" });
        var germany = await NameAsync();
        if (isReviewed)
        {
            await Tracker.ReviewAsync(An.Ada);
        }

        GoTo(TestTracker.Noon.AddDays(101));

        Assert.Equal(("Ada", null), (italy, germany));
        Assert.True(await MayAsync(Purpose.DirectMarketing, An.Ada, ContactChannel.Email));
        Assert.Equal("Ada", await NameAsync());
    }

    private async Task<string?> NameAsync() => (await Tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Contact?.GivenName;
}
