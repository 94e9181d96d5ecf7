using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>E13 and E07: the residence of another profile of the same person, from before the move, must not wake a consent that rests.</summary>
public sealed class MergedMoveTests : MovingChild
{
    private static readonly Identifier Card = new(IdentifierKind.LoyaltyCard, "4242");

    [Fact]
    [Trait("Compliance", "E13")]
    public async Task A_merge_with_a_profile_that_says_the_old_country_does_not_end_the_pause()
    {
        await GiveAloneAsync("IT");
        await Tracker.RecordAsync(An.PageView("italy", An.Ada, TestTracker.Noon, Purpose.Analytics));
        await Tracker.RecordAsync(An.Receipt("card", Card));
        await StateAsync(Born, "IT", "card-account", Now, Card);
        Advance(TimeSpan.FromHours(1));
        await StateAsync(Born, "DE", "moved", Now);
        var before = (await WhyNotAsync(), await ReadAsync());

        await Tracker.Merger.MergeAsync(Tracker.Caller, new(new(null, An.Ada), new(null, Card), "ticket 7", []), Cancellation);
        var view = await Tracker.RecordAsync(An.PageView("germany", An.Ada, Now, Purpose.Analytics));

        Assert.Equal((Reason.GuardianRequired, 0), before);
        Assert.Equal((Reason.GuardianRequired, 0, Outcome.Denied), (await WhyNotAsync(), await ReadAsync(), view.Outcome));
    }
}
