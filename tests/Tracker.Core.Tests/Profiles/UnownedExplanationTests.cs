using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Tests.Ingestion;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Profiles;

/// <summary>E19: a sale of nobody is explained with the end that a shorter rule gives it, before the rollout has come to it.</summary>
public sealed class UnownedExplanationTests
{
    private static readonly Policy Shorter = APolicy.With(APolicy.Rule("IT-SAF-1", "EVENT_TIME", "P2Y"));

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task What_a_shorter_rule_ends_earlier_is_explained_so_before_the_rollout_as_after_it()
    {
        var before = await TestTracker.StartAsync();
        await before.RecordAsync(AClaim.Sale() with { Purposes = [Purpose.AccountingTax, Purpose.ProductSafety] });
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddMonths(1), policy: Shorter, after: before);

        var atOnce = await EndAsync(tracker);
        await tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        await tracker.Reviews.ReviewAsync(fence: null, CancellationToken.None);
        var rewritten = await EndAsync(tracker);

        Assert.Equal(TestTracker.Noon.AddYears(2), rewritten);
        Assert.Equal(rewritten, atOnce);
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task What_a_shorter_rule_has_ended_already_is_not_explained_as_lawful()
    {
        var before = await TestTracker.StartAsync();
        await before.RecordAsync(AClaim.Sale() with { Purposes = [Purpose.AccountingTax, Purpose.ProductSafety] });
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddYears(3), policy: Shorter, after: before);

        var explained = await tracker.Explainer.ExplainAsync(tracker.Caller, "receipt-1", null, Purpose.RightsHandling, CancellationToken.None);
        var safety = explained.Explained.Single(record => record.Record.Class == RetentionClass.Safety).Grants.Single();

        Assert.Equal(Reason.RetentionAlreadyElapsed, safety.DenialNow);
    }

    private static async Task<DateTimeOffset?> EndAsync(TestTracker tracker)
    {
        var explained = await tracker.Explainer.ExplainAsync(tracker.Caller, "receipt-1", null, Purpose.RightsHandling, CancellationToken.None);
        return explained.Explained.Single(record => record.Record.Class == RetentionClass.Safety).Record.ExpireAt;
    }
}
