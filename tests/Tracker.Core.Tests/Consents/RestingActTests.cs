using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>E13: an act while a consent rests moves no end.</summary>
public sealed class RestingActTests : MovingChild
{
    [Fact]
    [Trait("Compliance", "E13")]
    public async Task The_message_that_tells_of_the_move_does_not_move_the_end_of_what_rests_from_then_on()
    {
        await SubscribeAsync();
        var before = await UntilAsync();

        GoTo(TestTracker.Noon.AddDays(60));
        await StateAsync(Born, "DE", "moved", Now);

        Assert.False(await MayAsync(Purpose.DirectMarketing, An.Ada, ContactChannel.Email));
        Assert.Equal(before, await UntilAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E13")]
    public async Task An_act_while_the_consent_rested_moves_no_end_in_whatever_order_it_arrives_with_the_move(bool isInOrder)
    {
        await SubscribeAsync();
        var moved = TestTracker.Noon.AddDays(1);
        GoTo(moved);
        if (isInOrder)
        {
            await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, moved, id: "guardian") with { Age = new(Born, "DE"), Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" });
        }

        GoTo(TestTracker.Noon.AddDays(60));
        await Tracker.RecordAsync(An.Receipt("while-it-rests", An.Ada, Now));
        if (!isInOrder)
        {
            await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, moved, id: "guardian") with { Age = new(Born, "DE"), Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" });
        }

        await Tracker.AdvanceToAsync(Now.AddHours(25));

        // The last act before the move is not known any more: where the move arrives late, the day of the move is.
        Assert.Equal(new DateTimeOffset((isInOrder ? TestTracker.Noon : moved).Date, TimeSpan.Zero).AddMonths(24), await UntilAsync());
    }

    private async Task SubscribeAsync()
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } });
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, id: "alone") with { Age = new(Born, "IT"), NoticeId = "child", NoticeVersion = "child" });
        await ConfirmAsync(asked.ConfirmationToken);
        Advance(TimeSpan.FromMinutes(1));
        await Tracker.RecordAsync(An.Newsletter("form", at: Now));
        Advance(TimeSpan.FromHours(1));
    }

    private async Task<DateTimeOffset> UntilAsync() =>
        (await Tracker.Store.Profiles.FindContactAsync(Tracker.Caller.Tenant, (await ControlAsync(An.Ada)).Profile, Cancellation))!.Grants.Single(grant => grant.Purpose == Purpose.DirectMarketing).Until;
}
