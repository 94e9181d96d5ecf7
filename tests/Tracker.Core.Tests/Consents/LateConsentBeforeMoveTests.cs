using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>A consent is judged by where the child lived when it was given, also where it arrives after a move to where it would be old enough (R-043, E13).</summary>
public sealed class LateConsentBeforeMoveTests : MovingChild
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E13")]
    public async Task What_a_child_gave_alone_in_germany_is_no_consent_in_whatever_order_it_arrives_with_the_move_to_italy(bool isInTime)
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } });
        await StateAsync(Born, "DE", "germany", Now);
        Advance(TimeSpan.FromHours(1));
        var given = Now;
        RefusalException? refused = null;
        if (isInTime)
        {
            refused = await Assert.ThrowsAsync<RefusalException>(() => GiveAsync(given));
        }

        Advance(TimeSpan.FromHours(1));
        await StateAsync(Born, "IT", "italy", Now);
        Advance(TimeSpan.FromHours(1));
        if (!isInTime)
        {
            refused = await Record.ExceptionAsync(() => GiveAsync(given)) as RefusalException;
        }

        Assert.Equal(RefusalReason.GuardianRequired, refused?.Reason);
        Assert.False(await MayAsync(Purpose.Analytics, An.Ada));
    }

    private Task<ConsentAppended> GiveAsync(DateTimeOffset at) => RecordAsync(An.Consent(Purpose.Analytics, An.Ada, at, "alone") with { NoticeId = "child", NoticeVersion = "child" });
}
