using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>E13: what itself tells of the move is decided by where the person lives now, as what itself tells of the age is.</summary>
public sealed class MoveInMessageTests : MovingChild
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E13")]
    public async Task The_message_that_tells_of_the_move_is_not_stored_under_the_consent_that_rests(bool withBirthDate)
    {
        await GiveAloneAsync("IT");
        Advance(TimeSpan.FromHours(1));

        await Tracker.RecordAsync(An.Newsletter("moved", at: Now) with
        {
            Type = "account.opened",
            Purposes = [Purpose.ServiceDelivery, Purpose.Analytics],
            Content = new()
            {
                Contact = new() { BirthDate = withBirthDate ? Born : null, PostalAddress = new() { Region = "DE" } },
                Online = new() { PageUrl = "https://shop.example/move" },
            },
        });

        Assert.Equal(Reason.GuardianRequired, await WhyNotAsync());
        Assert.DoesNotContain(await Tracker.RecordsAsync(An.Ada), record => record.Grants.Any(grant => grant.Purpose == Purpose.Analytics));
    }
}
