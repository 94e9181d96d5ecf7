using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

/// <summary>E19, E20: a claim keeps nothing longer than the same sale of a known buyer, also where a shorter rule was in force in between.</summary>
public sealed class ClaimAfterPolicyBetweenTests
{
    private static readonly Policy Short = APolicy.With(APolicy.Rule("IT-LOY-1", "EVENT_TIME", "P6M"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Compliance", "E20")]
    public async Task What_a_rule_in_between_had_shortened_is_not_longer_for_being_claimed(bool isClaimed)
    {
        var first = await TestTracker.StartAsync();
        await first.RecordAsync(An.Receipt("joined", AClaim.Card) with { Type = "loyalty.joined", Content = new() });
        first.Time.Advance(TimeSpan.FromHours(1));
        await SellAsync(first, isClaimed ? [AClaim.Number] : [AClaim.Number, AClaim.Card]);
        first.Time.Advance(TimeSpan.FromDays(10));
        await first.CloseAsync();
        var second = await TestTracker.StartAsync(policy: Short, after: first);
        await RollOutAsync(second);
        second.Time.Advance(TimeSpan.FromDays(10));
        await second.CloseAsync();
        await using var third = await TestTracker.StartAsync(after: second);
        await RollOutAsync(third);
        if (isClaimed)
        {
            var caller = third.Caller with { DefaultPurposes = new Dictionary<string, IReadOnlyList<Purpose>> { ["purchase.completed"] = [Purpose.AccountingTax, Purpose.LoyaltyProgramme] } };
            await third.Claims.ClaimAsync(caller, third.Complete(new(), AClaim.Card, AClaim.Number), CancellationToken.None);
        }

        var points = (await third.RecordsAsync(AClaim.Card)).Where(record => record.Type == "purchase.completed").SelectMany(record => record.Grants).Single(grant => grant.Purpose == Purpose.LoyaltyProgramme);

        Assert.Equal(new DateTimeOffset(2027, 5, 23, 12, 0, 0, TimeSpan.Zero), points.Until);
    }

    private static Task<InteractionOutcome> SellAsync(TestTracker tracker, IReadOnlyList<Identifier> by) =>
        tracker.RecordAsync(AClaim.Sale(at: tracker.Time.GetUtcNow()) with { Identifiers = by, Purposes = by.Count > 1 ? [Purpose.AccountingTax, Purpose.LoyaltyProgramme] : [Purpose.AccountingTax] });

    private static async Task RollOutAsync(TestTracker tracker)
    {
        await tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        await tracker.Reviews.ReviewAsync(fence: null, CancellationToken.None);
    }
}
