using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>E13: an act while a consent rests moves no end, also not one that says the new address again.</summary>
public sealed class RestatedAddressTests : MovingChild
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Compliance", "E13")]
    public async Task Who_says_the_new_address_again_while_the_consent_rests_moves_no_end_either(bool isLate)
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } });
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, id: "alone") with { Age = new(Born, "IT"), NoticeId = "child", NoticeVersion = "child" });
        await ConfirmAsync(asked.ConfirmationToken);
        Advance(TimeSpan.FromMinutes(1));
        await Tracker.RecordAsync(An.Newsletter("form", at: Now));
        var (moved, again) = (TestTracker.Noon.AddDays(1), TestTracker.Noon.AddDays(59));
        if (!isLate)
        {
            GoTo(moved);
            await StateAsync(Born, "DE", "moved", moved);
            GoTo(again);
            await StateAsync(Born, "DE", "again", again);
        }

        GoTo(TestTracker.Noon.AddDays(60));
        await Tracker.RecordAsync(An.Receipt("while-it-rests", An.Ada, Now));
        if (isLate)
        {
            await StateAsync(Born, "DE", "moved", moved);
            await StateAsync(Born, "DE", "again", again);
        }

        await Tracker.AdvanceToAsync(Now.AddHours(25));
        await Tracker.ReviewAsync(An.Ada);
        var until = (await Tracker.Store.Profiles.FindContactAsync(Tracker.Caller.Tenant, (await ControlAsync(An.Ada)).Profile, Cancellation))!.Grants.Single(grant => grant.Purpose == Purpose.DirectMarketing).Until;

        Assert.True(until <= new DateTimeOffset(moved.Date, TimeSpan.Zero).AddMonths(24), $"{until}");
    }
}
