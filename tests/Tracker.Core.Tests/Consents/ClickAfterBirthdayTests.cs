using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>R-044: with the birthday the authority is the child's; what a guardian confirms after it is no consent, and is not answered as one.</summary>
public sealed class ClickAfterBirthdayTests : LedgerTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(3, false)]
    [Trait("Compliance", "R-044")]
    public async Task A_click_of_a_guardian_after_the_birthday_is_answered_as_what_it_is(int days, bool mayBeGiven)
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        var born = DateOnly.FromDateTime(TestTracker.Noon.UtcDateTime).AddYears(-14).AddDays(1);
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, id: "guardian") with { Age = new(born, "IT"), Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" });
        GoTo(TestTracker.Noon.AddDays(days).AddMinutes(1));
        var answer = (await Record.ExceptionAsync(() => ConfirmAsync(asked.ConfirmationToken))) is null;

        Assert.Equal((mayBeGiven, mayBeGiven), (answer, await MayAsync(Purpose.DirectMarketing, An.Ada, ContactChannel.Email)));
    }
}
