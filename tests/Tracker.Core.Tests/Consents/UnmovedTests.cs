using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>E13, E20: what a move, a merge and a second account do not change.</summary>
public sealed class UnmovedTests : MovingChild
{
    private static readonly Identifier Card = new(IdentifierKind.LoyaltyCard, "4242");
    private static readonly TimeZoneInfo Rome = TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome");

    [Fact]
    public void Ends_are_those_of_the_reference()
    {
        var random = new Random(6);
        for (var i = 0; i < 200_000; i++)
        {
            var at = new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(0, 20 * 366 * 1440));
            var months = random.Next(1, 130);
            var local = TimeZoneInfo.ConvertTime(at, Rome).DateTime;
            Assert.Equal(ToInstant(local.AddMonths(months), isMax: true), CalendarArithmetic.Limit(at, CalendarPeriod.OfMonths(months), Rome));
            Assert.Equal(
                ToInstant(DateTime.SpecifyKind(local.Date.AddMonths(months).AddDays(1), DateTimeKind.Unspecified), isMax: false),
                CalendarArithmetic.Floor(DateOnly.FromDateTime(local), CalendarPeriod.OfMonths(months), Rome));
        }
    }

    [Fact]
    [Trait("Compliance", "E13")]
    public async Task After_an_unmerge_nothing_rests_because_of_the_other()
    {
        await GiveAloneAsync("IT");
        await Tracker.RecordAsync(An.Receipt("card", Card));
        await StateAsync(Born, "DE", "card-germany", Now, Card);
        var merged = await Tracker.Merger.MergeAsync(Tracker.Caller, new(new(null, An.Ada), new(null, Card), "ticket 7", []), Cancellation);
        var during = await WhyNotAsync();
        await Tracker.Merger.UnmergeAsync(Tracker.Caller, new(new(null, An.Ada), merged.Links[^1].Id, "ticket 8", []), Cancellation);

        Assert.Equal((Reason.GuardianRequired, Reason.None), (during, await WhyNotAsync()));
    }

    private static DateTimeOffset ToInstant(DateTime local, bool isMax)
    {
        TimeSpan[] offsets = Rome.IsAmbiguousTime(local) ? Rome.GetAmbiguousTimeOffsets(local)
            : Rome.IsInvalidTime(local) ? [Rome.GetUtcOffset(local.AddHours(-1)), Rome.GetUtcOffset(local.AddHours(1))]
            : [Rome.GetUtcOffset(local)];
        var instants = offsets.Select(offset => new DateTimeOffset(local, offset).ToUniversalTime());
        return isMax ? instants.Min() : instants.Max();
    }
}
