using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>E13, "ask guardian": of a consent that rests it must not be said that there is nothing to ask for.</summary>
public sealed class RestingPromptTests : MovingChild
{
    [Fact]
    [Trait("Compliance", "E13")]
    public async Task A_consent_that_rests_is_not_told_to_be_in_force()
    {
        await GiveAloneAsync("IT");
        Advance(TimeSpan.FromHours(1));
        await StateAsync(Born, "DE", "moved", Now);

        var answer = await Tracker.Prompts.CheckAsync(Tracker.Caller with { Channel = Channel.Web }, new(null, An.Ada), Purpose.Analytics, ContactChannel.Unspecified, Cancellation);

        Assert.Equal(Reason.GuardianRequired, await WhyNotAsync());
        Assert.Equal((false, PromptReason.GuardianRequired), (answer.MayAsk, answer.Reason));
    }
}
