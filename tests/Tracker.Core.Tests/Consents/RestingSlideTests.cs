using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>"Only a standing basis slides": contact details under a consent that rests are kept no longer by acts that happen meanwhile.</summary>
public sealed class RestingSlideTests : MovingChild
{
    [Fact]
    [Trait("Compliance", "E13")]
    public async Task An_act_while_the_consent_rests_does_not_move_the_end_of_what_it_carries()
    {
        await RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } });
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, id: "alone") with { Age = new(Born, "IT"), NoticeId = "child", NoticeVersion = "child" });
        await ConfirmAsync(asked.ConfirmationToken);
        Advance(TimeSpan.FromMinutes(1));
        await Tracker.RecordAsync(An.Newsletter("form", at: Now));
        Advance(TimeSpan.FromHours(1));
        await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, Now, id: "guardian") with { Age = new(Born, "DE"), Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" });
        var before = await UntilAsync();

        GoTo(TestTracker.Noon.AddDays(60));
        await Tracker.RecordAsync(An.Receipt("while-it-rests", An.Ada, Now));

        Assert.False(await MayAsync(Purpose.DirectMarketing, An.Ada, ContactChannel.Email));
        Assert.Equal(before, await UntilAsync());
    }

    private async Task<DateTimeOffset> UntilAsync() =>
        (await Tracker.Store.Profiles.FindContactAsync(Tracker.Caller.Tenant, (await ControlAsync(An.Ada)).Profile, Cancellation))!.Grants.Single(grant => grant.Purpose == Purpose.DirectMarketing).Until;
}
