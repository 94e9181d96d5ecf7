using System.Text.Json.Nodes;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Retention;
using Tracker.Core.Tests.Ingestion;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

/// <summary>What is of nobody is gone through a chunk at a time, behind the profiles, and again when a purpose of some of it has ended.</summary>
public sealed class UnownedRolloutTests
{
    private static readonly DateTimeOffset InThreeYears = TestTracker.Noon.AddYears(3);

    /// <summary>Safety in the record of the tax office, for two years; it alone needs the lines.</summary>
    private static readonly Policy OneRecord = APolicy.With(
        APolicy.Rule("IT-SAF-1", "EVENT_TIME", "P2Y"),
        document =>
        {
            Of(document, "PRODUCT_SAFETY")["class"] = "FISCAL";
            Of(document, "ACCOUNTING_TAX")["needs"]!.AsArray().RemoveAll(field => (string?)field == "commerce.lines");
        });

    [Fact]
    [Trait("Compliance", "E19")]
    public async Task It_goes_on_in_the_middle_of_what_is_of_nobody_after_a_restart()
    {
        var options = new RetentionOptions { RolloutChunk = 2 };
        var before = await UnderShorterAsync(options, An.Receipt("ada", An.Ada), Sale(1), Sale(2), Sale(3), Sale(4), Sale(5));
        await AdvanceAsync(before);
        await AdvanceAsync(before);
        var (middle, left) = (await FindAsync(before), (await ListAsync(before)).Count);
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(InThreeYears, policy: Shorter(), after: before, retention: options);

        await AdvanceAsync(tracker);
        var isFinished = (await FindAsync(tracker)).FinishedAt is not null;
        await AdvanceAsync(tracker);

        Assert.Equal((true, TestTracker.Noon.AddHours(-3), 2), (middle.HasVisitedProfiles, middle.AfterUnowned!.Value.OccurredAt, left));
        Assert.False(isFinished);
        Assert.NotNull((await FindAsync(tracker)).FinishedAt);
        Assert.Empty(await ListAsync(tracker));
    }

    [Fact]
    [Trait("Compliance", "E19")]
    public async Task A_review_of_somebody_waits_for_one_chunk_of_it()
    {
        await using var tracker = await UnderShorterAsync(new() { RolloutChunk = 1, ReviewChunk = 1 }, Sale(1), Sale(2), Sale(3));
        await tracker.RecordAsync(An.Receipt("ada", An.Ada, InThreeYears));
        var ada = (await tracker.Lookup.GetAsync(tracker.Caller, new(null, An.Ada), CancellationToken.None)).Profile;
        await tracker.Store.Errands.AddAsync([new(tracker.Caller.Tenant, ada, InThreeYears)], CancellationToken.None);

        await AdvanceAsync(tracker);
        var waiting = (await ListAsync(tracker)).Count;
        await tracker.Reviews.PassAsync(CancellationToken.None);

        Assert.Equal(3, waiting);
        Assert.Empty(await tracker.Store.Errands.ReadDueAsync(InThreeYears, 10, CancellationToken.None));
        Assert.Null((await FindAsync(tracker)).FinishedAt);
    }

    [Fact]
    [Trait("Compliance", "E19")]
    public async Task In_the_second_half_of_its_time_it_waits_for_nothing()
    {
        await using var tracker = await UnderShorterAsync(new() { RolloutChunk = 1 }, Sale(1), Sale(2), Sale(3));
        await AdvanceAsync(tracker);
        tracker.Time.Advance(TimeSpan.FromHours(37));

        await AdvanceAsync(tracker);

        Assert.NotNull((await FindAsync(tracker)).FinishedAt);
        Assert.Empty(await ListAsync(tracker));
    }

    [Fact]
    public async Task One_that_finished_when_there_were_profiles_only_has_a_turn_of_nobody_once()
    {
        await using var tracker = await UnderShorterAsync(new(), Sale(1));
        var policy = tracker.Policies.For(tracker.Caller.Tenant);
        var finished = new Rollout(tracker.Caller.Tenant, policy.Sha256, TestTracker.Noon, null, TestTracker.Noon, InThreeYears.AddYears(1));
        var version = (await tracker.Store.Rollouts.FindAsync(tracker.Caller.Tenant, CancellationToken.None))?.Version ?? 0;
        Assert.True(await tracker.Store.Rollouts.SaveAsync(finished with { Version = version + 1 }, [], fence: null, CancellationToken.None));

        await AdvanceAsync(tracker);
        var after = await FindAsync(tracker);
        await AdvanceAsync(tracker);

        Assert.Empty(await ListAsync(tracker));
        Assert.NotNull(after.FinishedAt);
        Assert.Equal(after.Version, (await FindAsync(tracker)).Version);
    }

    [Fact]
    public async Task What_only_a_purpose_that_has_ended_needed_goes_the_day_after()
    {
        await using var tracker = await TestTracker.StartAsync(policy: OneRecord);
        await FollowAsync(tracker, TestTracker.Noon);
        await SellAsync(tracker);
        await FollowAsync(tracker, TestTracker.Noon.AddYears(2).AddHours(1));
        var before = await LinesAsync(tracker);

        await FollowAsync(tracker, TestTracker.Noon.AddYears(2).AddDays(1));

        Assert.Equal((1, 0), (before, await LinesAsync(tracker)));
        Assert.Equal([Purpose.AccountingTax], Assert.Single(await ListAsync(tracker)).Grants.Select(grant => grant.Purpose));
        Assert.Empty(await tracker.Store.Errands.ReadDueAsync(TestTracker.Noon.AddYears(20), 10, CancellationToken.None));
    }

    [Fact]
    public async Task What_was_stored_before_it_left_an_errand_is_found_by_the_next_pass()
    {
        await using var tracker = await TestTracker.StartAsync(policy: OneRecord);
        await SellAsync(tracker);
        var errand = Assert.Single(await tracker.Store.Errands.ReadDueAsync(TestTracker.Noon.AddYears(20), 10, CancellationToken.None));
        await tracker.Store.Errands.RemoveAsync([errand], fence: null, CancellationToken.None);

        await AdvanceAsync(tracker);

        Assert.Equal([errand], await tracker.Store.Errands.ReadDueAsync(TestTracker.Noon.AddYears(20), 10, CancellationToken.None));
        Assert.Equal(new Errand(tracker.Caller.Tenant, ProfileId.None, new DateTimeOffset(TestTracker.Noon.UtcDateTime.Date, TimeSpan.Zero).AddYears(2).AddDays(1)), errand);
    }

    [Fact]
    public async Task What_ends_while_a_pass_is_under_way_has_the_next_one()
    {
        await using var tracker = await TestTracker.StartAsync(policy: OneRecord, retention: new() { RolloutChunk = 1 });
        await SellAsync(tracker, Sale(1), Sale(2));
        await FollowAsync(tracker, TestTracker.Noon.AddYears(2).AddDays(-1));
        Assert.True(await tracker.Rollout.TryBeginUnownedAsync(tracker.Caller.Tenant, fence: null, CancellationToken.None));
        await AdvanceAsync(tracker);
        tracker.Time.SetUtcNow(TestTracker.Noon.AddYears(2).AddDays(2));

        await tracker.Reviews.ReviewAsync(fence: null, CancellationToken.None);
        var putOff = Assert.Single(await tracker.Store.Errands.ReadDueAsync(TestTracker.Noon.AddYears(20), 10, CancellationToken.None));
        await FollowAsync(tracker, putOff.DueAt);

        Assert.True(putOff.DueAt > TestTracker.Noon.AddYears(2).AddDays(2));
        Assert.Equal(0, await LinesAsync(tracker));
    }

    private static JsonNode Of(JsonObject policy, string purpose) => policy["purposes"]!.AsArray().Single(entry => (string?)entry!["purpose"] == purpose)!;

    private static Policy Shorter() => APolicy.With(APolicy.Rule("IT-TAX-1", "FISCAL_ENTRY", "P2Y"));

    private static InteractionDraft Sale(int number) => AClaim.Sale($"{number}", TestTracker.Noon.AddHours(-number));

    private static async Task<TestTracker> UnderShorterAsync(RetentionOptions options, params InteractionDraft[] drafts)
    {
        var before = await TestTracker.StartAsync();
        await before.RecordAsync(drafts);
        await before.CloseAsync();
        return await TestTracker.StartAsync(InThreeYears, policy: Shorter(), after: before, retention: options);
    }

    private static Task<IReadOnlyList<InteractionOutcome>> SellAsync(TestTracker tracker, params InteractionDraft[] sales) => tracker.RecordAsync(
        [.. sales.DefaultIfEmpty(AClaim.Sale()).Select(sale => sale with { Purposes = [Purpose.AccountingTax, Purpose.ProductSafety] })]);

    /// <summary>Until nothing is due any more.</summary>
    private static async Task FollowAsync(TestTracker tracker, DateTimeOffset until)
    {
        tracker.Time.SetUtcNow(until);
        do
        {
            await AdvanceAsync(tracker);
            await tracker.Reviews.ReviewAsync(fence: null, CancellationToken.None);
        }
        while ((await FindAsync(tracker)).FinishedAt is null);
    }

    private static Task<bool> AdvanceAsync(TestTracker tracker) => tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None);

    private static async Task<Rollout> FindAsync(TestTracker tracker) => (await tracker.Store.Rollouts.FindAsync(tracker.Caller.Tenant, CancellationToken.None))!;

    private static Task<IReadOnlyList<InteractionRecord>> ListAsync(TestTracker tracker) =>
        tracker.Store.Reviews.ListRecordsAsync(tracker.Caller.Tenant, ProfileId.None, after: null, limit: 100, CancellationToken.None);

    private static async Task<int> LinesAsync(TestTracker tracker) =>
        (await tracker.Opener.OpenAsync(await ListAsync(tracker), CancellationToken.None)).Sum(content => content?.Content.Commerce?.Lines?.Count ?? 0);
}
