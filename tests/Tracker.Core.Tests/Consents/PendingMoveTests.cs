using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>E13 with the double opt-in, and with the readers between a withdrawal and its purge.</summary>
public sealed class PendingMoveTests : MovingChild
{
    [Fact]
    public async Task A_click_after_the_move_confirms_nothing_that_a_child_asked_for_alone()
    {
        await RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } });
        await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, id: "age") with { Age = new(Born, "IT"), NoticeId = "child", NoticeVersion = "child" });
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, id: "alone") with { NoticeId = "child", NoticeVersion = "child" });
        Advance(TimeSpan.FromHours(1));
        await RecordAsync(An.Consent(Purpose.CustomerCare, An.Ada, Now, id: "guardian") with { Age = new(Born, "DE"), Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" });

        var refused = await Assert.ThrowsAsync<RefusalException>(() => ConfirmAsync(asked.ConfirmationToken));

        Assert.Equal(RefusalReason.GuardianRequired, refused.Reason);
        Assert.False(await MayAsync(Purpose.DirectMarketing, An.Ada, ContactChannel.Email));
    }

    [Fact]
    public async Task A_withdrawal_while_it_rests_is_not_lost_at_the_birthday()
    {
        await GiveAloneAsync("IT");
        await Tracker.RecordAsync(An.PageView("italy", An.Ada, TestTracker.Noon, Purpose.Analytics));
        Advance(TimeSpan.FromHours(1));
        await StateAsync(Born, "DE", "moved", Now);
        Advance(TimeSpan.FromHours(1));
        await WithdrawAsync(An.Withdrawal(Purpose.Analytics, An.Ada, Now));
        await Tracker.AdvanceToAsync(Now.AddHours(2));
        await Tracker.AdvanceToAsync(TestTracker.Noon.AddDays(101));

        Assert.False(await MayAsync(Purpose.Analytics, An.Ada));
        Assert.DoesNotContain(await Tracker.RecordsAsync(An.Ada), record => record.Class == RetentionClass.Profiling);
    }

    [Fact]
    public async Task A_guardian_may_withdraw_what_the_child_gave_alone_while_it_rests()
    {
        await GiveAloneAsync("IT");
        Advance(TimeSpan.FromHours(1));
        await StateAsync(Born, "DE", "moved", Now);
        Advance(TimeSpan.FromHours(1));

        await WithdrawAsync(An.Withdrawal(Purpose.Analytics, An.Ada, Now) with { Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" });
        GoTo(TestTracker.Noon.AddDays(101));

        Assert.False(await MayAsync(Purpose.Analytics, An.Ada));
    }
}
