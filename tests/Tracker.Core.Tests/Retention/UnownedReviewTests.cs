using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Retention;
using Tracker.Core.Retention.Simulation;
using Tracker.Core.Tests.Ingestion;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

/// <summary>What is of nobody under a policy or a catalogue that has changed.</summary>
public sealed class UnownedReviewTests
{
    private static readonly Policy Shorter = APolicy.With(APolicy.Rule("IT-SAF-1", "EVENT_TIME", "P2Y"));

    private InteractionKey _sale;

    [Fact]
    [Trait("Compliance", "E19")]
    public async Task A_shorter_rule_ends_what_is_of_nobody_with_the_rollout()
    {
        var before = await TestTracker.StartAsync();
        await SellAsync(before);
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddMonths(1), policy: Shorter, after: before);

        await RollOutAsync(tracker);

        Assert.Equal([(RetentionClass.Fiscal, 10), (RetentionClass.Safety, 2)], await YearsAsync(tracker));
    }

    [Fact]
    [Trait("Compliance", "E19")]
    public async Task What_is_past_a_shorter_rule_goes_and_a_repeat_does_not_bring_it_back()
    {
        var before = await TestTracker.StartAsync();
        await SellAsync(before);
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddYears(3), policy: Shorter, after: before);

        await RollOutAsync(tracker);
        var repeat = await SellAsync(tracker);

        Assert.Equal([(RetentionClass.Fiscal, 10)], await YearsAsync(tracker));
        Assert.Equal(Outcome.Duplicate, repeat.Outcome);
        Assert.Single(tracker.Read("receipts"));
    }

    [Fact]
    [Trait("Compliance", "E19")]
    public async Task The_number_of_a_receipt_leads_nowhere_once_nothing_of_its_sale_is_left()
    {
        var before = await TestTracker.StartAsync();
        await before.RecordAsync(AClaim.Sale() with { Purposes = [Purpose.ProductSafety] });
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddYears(3), policy: Shorter, after: before);

        await RollOutAsync(tracker);

        Assert.Empty(tracker.Read("records"));
        Assert.Empty(tracker.Read("receipts"));
    }

    [Fact]
    [Trait("Compliance", "E20")]
    public async Task A_longer_rule_lengthens_nothing_of_nobody()
    {
        var before = await TestTracker.StartAsync(policy: Shorter);
        await SellAsync(before);
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddMonths(1), after: before);

        await RollOutAsync(tracker);

        Assert.Equal([(RetentionClass.Fiscal, 10), (RetentionClass.Safety, 2)], await YearsAsync(tracker));
    }

    [Fact]
    [Trait("Compliance", "E35")]
    public async Task A_product_that_becomes_special_is_cut_from_a_sale_of_nobody()
    {
        await using var tracker = await TestTracker.StartAsync(policy: APolicy.With(document =>
            document["special_categories"]!.AsArray().RemoveAll(condition => (string?)condition!["purpose"] == "PRODUCT_SAFETY")));
        await SellAsync(tracker);
        var before = await LinesAsync(tracker);

        await tracker.Products.UpsertAsync(tracker.Caller, [An.ProductEntry("shirt") with { SpecialCategory = SpecialCategory.Health }], CancellationToken.None);
        await tracker.FollowProductsAsync();

        Assert.Equal((1, 0), (before, await LinesAsync(tracker)));
    }

    [Fact]
    [Trait("Compliance", "E19")]
    public async Task A_sale_that_is_claimed_during_the_rollout_stays_the_claimants()
    {
        var before = await TestTracker.StartAsync();
        await SellAsync(before);
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddMonths(1), policy: Shorter, after: before);
        InteractionOutcome? claim = null;
        var reviewer = tracker.UnownedOn(new Interrupted(tracker.Store.Reviews, async () => claim = await tracker.ClaimAsync()));

        await reviewer.ReviewAsync(tracker.Caller.Tenant, after: null, limit: 10, decidedBefore: null, fence: null, CancellationToken.None);

        Assert.Equal(Outcome.Accepted, claim!.Outcome);
        Assert.All(await RecordsAsync(tracker), record => Assert.False(record.Profile.IsNone));
        Assert.Equal(2, (await YearsAsync(tracker)).Single(record => record.Class == RetentionClass.Safety).Years);
    }

    [Fact]
    [Trait("Compliance", "E19")]
    public async Task A_simulation_tells_what_a_shorter_rule_deletes_of_nobody()
    {
        await using var tracker = await TestTracker.StartAsync();
        await SellAsync(tracker);
        await tracker.AdvanceToAsync(TestTracker.Noon.AddYears(3));

        var draft = new SimulationDraft { Purpose = Purpose.RightsHandling, Changes = [new("IT-SAF-1", [new("EVENT_TIME", "P2Y", IsFloor: false)], "")] };
        var last = (await tracker.Simulation.SimulateAsync(tracker.Caller, draft, CancellationToken.None).ToListAsync(TestContext.Current.CancellationToken))[^1];

        Assert.Equal([(RetentionClass.Safety, 1)], last.Effects.Where(effect => effect.DeletedNow > 0).Select(effect => (effect.Class, (int)effect.DeletedNow)));
    }

    private static async Task RollOutAsync(TestTracker tracker)
    {
        await tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        await tracker.Reviews.ReviewAsync(fence: null, CancellationToken.None);
    }

    private async Task<InteractionOutcome> SellAsync(TestTracker tracker)
    {
        var outcome = await tracker.RecordAsync(AClaim.Sale() with { Purposes = [Purpose.AccountingTax, Purpose.ProductSafety] });
        _sale = outcome.Key!.Value;
        return outcome;
    }

    private Task<IReadOnlyList<InteractionRecord>> RecordsAsync(TestTracker tracker) => tracker.Store.Receipts.ReadAsync(tracker.Caller.Tenant, _sale, CancellationToken.None);

    private async Task<IEnumerable<(RetentionClass Class, int Years)>> YearsAsync(TestTracker tracker) =>
        (await RecordsAsync(tracker)).Select(record => (record.Class, record.ExpireAt!.Value.Year - record.OccurredAt.Year)).Order();

    private async Task<int> LinesAsync(TestTracker tracker)
    {
        var contents = await tracker.Opener.OpenAsync([.. (await RecordsAsync(tracker)).Where(record => record.Class == RetentionClass.Safety)], CancellationToken.None);
        return contents.Sum(content => content?.Content.Commerce?.Lines?.Count ?? 0);
    }

    /// <summary>Something happens between the reading and the writing.</summary>
    private sealed class Interrupted(IReviewStore inner, Func<Task> beforeWrite) : IReviewStore
    {
        public Task<ContactDocument?> FindContactAsync(TenantId tenant, ProfileId profile, CancellationToken cancellation) => inner.FindContactAsync(tenant, profile, cancellation);

        public Task<IReadOnlyList<InteractionRecord>> ListRecordsAsync(TenantId tenant, ProfileId profile, RecordAddress? after, int limit, CancellationToken cancellation) =>
            inner.ListRecordsAsync(tenant, profile, after, limit, cancellation);

        public async Task<bool> ApplyAsync(ProfileRevision revision, CancellationToken cancellation)
        {
            await beforeWrite();
            return await inner.ApplyAsync(revision, cancellation);
        }

        public Task<bool> ChangeHoldsAsync(TenantId tenant, ProfileId profile, long expectedEpoch, IReadOnlyList<ProfileHold> holds, bool isRestricted, IReadOnlyList<Errand> errands, CancellationToken cancellation) =>
            inner.ChangeHoldsAsync(tenant, profile, expectedEpoch, holds, isRestricted, errands, cancellation);
    }
}
