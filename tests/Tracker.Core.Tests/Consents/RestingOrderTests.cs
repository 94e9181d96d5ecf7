using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>E13: what happened while a consent rested is none of its, in whatever order it is told.</summary>
public sealed class RestingOrderTests : MovingChild
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E13")]
    public async Task What_happened_while_a_consent_rested_is_not_kept_in_whatever_order_it_arrives_with_the_move(bool isInOrder)
    {
        await GiveAloneAsync("IT");
        var (moved, viewed) = (TestTracker.Noon.AddHours(1), TestTracker.Noon.AddHours(2));
        GoTo(TestTracker.Noon.AddHours(3));
        var view = An.PageView("germany", An.Ada, viewed, Purpose.Analytics);
        if (isInOrder)
        {
            await StateAsync(Born, "DE", "moved", moved);
            Assert.Equal(Outcome.Denied, (await Tracker.RecordAsync(view)).Outcome);
        }
        else
        {
            await Tracker.RecordAsync(view);
            await StateAsync(Born, "DE", "moved", moved);
        }

        await Tracker.AdvanceToAsync(Now.AddHours(25));
        await Tracker.ReviewAsync(An.Ada);
        GoTo(TestTracker.Noon.AddDays(101));

        Assert.True(await MayAsync(Purpose.Analytics, An.Ada));
        Assert.Equal(0, await ReadAsync());
    }

    [Fact]
    [Trait("Compliance", "E13")]
    public async Task A_move_is_remembered_however_many_came_after_it()
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } });
        await StateAsync(Born, "IT", "italy", Now);
        var moved = Now.AddMinutes(1);
        var given = Now.AddMinutes(2);
        for (var i = 0; i < 21; i++)
        {
            Advance(TimeSpan.FromHours(1));
            await StateAsync(null, i % 2 == 0 ? "DE" : "IT", $"move-{i}", Now);
        }

        await StateAsync(null, "DE", "germany", moved);
        RefusalException? refused = await Record.ExceptionAsync(() => RecordAsync(An.Consent(Purpose.Analytics, An.Ada, given, "alone") with { NoticeId = "child", NoticeVersion = "child" })) as RefusalException;
        await StateAsync(null, "IT", "back", Now.AddMinutes(1));

        Assert.Equal(RefusalReason.GuardianRequired, refused?.Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E13")]
    public async Task Where_a_child_said_last_that_it_lives_counts_though_it_had_said_so_before_in_whatever_order_they_arrive(bool isInOrder)
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } });
        var (first, second, third) = (TestTracker.Noon, TestTracker.Noon.AddHours(1), TestTracker.Noon.AddHours(2));
        GoTo(TestTracker.Noon.AddHours(3));
        await StateAsync(Born, "DE", "first", first);
        if (isInOrder)
        {
            await StateAsync(null, "IT", "second", second);
            await StateAsync(null, "DE", "third", third);
        }
        else
        {
            await StateAsync(null, "DE", "third", third);
            await StateAsync(null, "IT", "second", second);
        }

        var refused = await Record.ExceptionAsync(() => RecordAsync(An.Consent(Purpose.Analytics, An.Ada, Now, "alone") with { NoticeId = "child", NoticeVersion = "child" })) as RefusalException;

        Assert.Equal(RefusalReason.GuardianRequired, refused?.Reason);
        Assert.False(await MayAsync(Purpose.Analytics, An.Ada));
    }
}
