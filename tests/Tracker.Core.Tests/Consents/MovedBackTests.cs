using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>What happened while the consent rested was not lawful when it happened (double-time test), also after the family has moved back.</summary>
public sealed class MovedBackTests : MovingChild
{
    [Fact]
    [Trait("Compliance", "E13")]
    public async Task What_happened_while_it_rested_is_not_stored_after_a_move_back()
    {
        await GiveAloneAsync("IT");
        Advance(TimeSpan.FromHours(1));
        await StateAsync(Born, "DE", "moved", Now);
        Advance(TimeSpan.FromHours(1));
        var paused = Now;
        var during = await Tracker.RecordAsync(An.PageView("during", An.Ada, paused, Purpose.Analytics));
        Advance(TimeSpan.FromHours(1));
        await StateAsync(Born, "IT", "back", Now);

        var retried = await Tracker.RecordAsync(An.PageView("during", An.Ada, paused, Purpose.Analytics));

        Assert.Equal(Outcome.Denied, during.Outcome);
        Assert.Equal((Outcome.Denied, 0), (retried.Outcome, await ReadAsync()));
    }
}
