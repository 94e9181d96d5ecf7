using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>A consent that a child gave alone after the move was none from the beginning, also where the move becomes known only later.</summary>
public sealed class ConsentAfterMoveTests : MovingChild
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E13")]
    public async Task What_a_child_gave_after_the_move_never_counts_in_whatever_order_they_arrive(bool isInOrder)
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } });
        var (italy, moved, given) = (TestTracker.Noon, TestTracker.Noon.AddHours(1), TestTracker.Noon.AddHours(2));
        GoTo(TestTracker.Noon.AddHours(3));
        await StateAsync(Born, "IT", "italy", italy);
        if (isInOrder)
        {
            await StateAsync(Born, "DE", "moved", moved);
        }

        try
        {
            await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, given, "alone") with { NoticeId = "child", NoticeVersion = "child" });
            await Tracker.RecordAsync(An.PageView("view", An.Ada, given.AddMinutes(1), Purpose.Analytics));
        }
        catch (RefusalException refusal) when (refusal.Reason == RefusalReason.GuardianRequired)
        {
        }

        if (!isInOrder)
        {
            await StateAsync(Born, "DE", "moved", moved);
        }

        await Tracker.ReviewAsync(An.Ada);
        GoTo(TestTracker.Noon.AddDays(101));

        Assert.Equal((0, false), (await ReadAsync(), await MayAsync(Purpose.Analytics, An.Ada)));
        Assert.DoesNotContain(await Tracker.RecordsAsync(An.Ada), record => record.Grants.Any(grant => grant.Purpose == Purpose.Analytics));
    }
}
