using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>E13: whoever asks the ledger whether a consent counts now is answered as the gate decides, which is why <c>Authority.AsKnownNow</c> is there.</summary>
public sealed class RestingStandingTests : MovingChild
{
    [Fact]
    [Trait("Compliance", "E13")]
    public async Task A_consent_that_rests_is_not_told_to_be_valid_now()
    {
        await GiveAloneAsync("IT");
        Advance(TimeSpan.FromHours(1));
        await StateAsync(Born, "DE", "moved", Now);

        Assert.Equal(Reason.GuardianRequired, await WhyNotAsync());
        Assert.False(await CountsAsync(Purpose.Analytics, An.Ada));
    }
}
