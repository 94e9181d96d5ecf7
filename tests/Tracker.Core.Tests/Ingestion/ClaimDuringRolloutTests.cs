using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

/// <summary>E19: what a rule in force hides is not claimed before it is rewritten.</summary>
public sealed class ClaimDuringRolloutTests
{
    private static readonly Policy LinesForAYear = APolicy.With(document =>
    {
        var rules = document["rules"]!.AsArray();
        var own = rules.Single(rule => (string?)rule!["id"] == "IT-TAX-1")!.DeepClone();
        (own["id"], own["category"]) = ("IT-TAX-9", "COMMERCIAL_PROFILING");
        rules.Add(own);
        APolicy.Rule("IT-TAX-9", "EVENT_TIME", "P1Y")(document);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E19")]
    public async Task What_a_shorter_rule_has_ended_does_not_come_to_life_for_a_claim_before_it_is_rewritten(bool isRolledOut)
    {
        var before = await TestTracker.StartAsync();
        var sale = AClaim.Sale();
        await before.RecordAsync(sale with { Purposes = [Purpose.AccountingTax], Content = sale.Content with { Fiscal = new() { DocumentNumber = "2026/42" } } });
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddMonths(18), policy: LinesForAYear, after: before);
        if (isRolledOut)
        {
            await tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
            await tracker.Reviews.ReviewAsync(fence: null, CancellationToken.None);
        }

        var caller = tracker.Caller with { DefaultPurposes = new Dictionary<string, IReadOnlyList<Purpose>> { ["purchase.completed"] = [Purpose.AccountingTax, Purpose.OrderFulfilment] } };
        var claim = await tracker.Claims.ClaimAsync(caller, tracker.Complete(new(), AClaim.Card, AClaim.Number), CancellationToken.None);
        Assert.True(claim.Grants.Any(grant => grant.Purpose == Purpose.OrderFulfilment), $"{claim.Outcome} {claim.Reason} {string.Join(",", claim.Denials)}");

        var records = await tracker.RecordsAsync(AClaim.Card);
        var contents = await tracker.Opener.OpenAsync(records, CancellationToken.None);
        Assert.DoesNotContain(contents, content => content?.Content.Commerce?.Lines?.Count > 0);
    }
}
