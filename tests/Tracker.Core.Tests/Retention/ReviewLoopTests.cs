using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

public sealed class ReviewLoopTests : IAsyncLifetime
{
    private readonly NoMeters _meters = new();
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.RecordAsync(An.Receipt(by: An.Ada));
    }

    public async ValueTask DisposeAsync()
    {
        await _tracker.DisposeAsync();
        _meters.Dispose();
    }

    [Fact]
    public async Task A_rollout_that_fails_keeps_neither_the_errands_nor_the_other_tenants_waiting()
    {
        var (options, metrics) = (Options.Create(new RetentionOptions()), new RetentionMetrics(_meters));
        var rollouts = new TimeOutsFor(new("other"), _tracker.Store.Rollouts);
        var rollout = new PolicyRollout(rollouts, _tracker.Store.Identities, _tracker.Unowned, _tracker.Store.Errands, _tracker.Policies, metrics, options, TestTracker.Passes, _tracker.Time);
        var leases = new WorkLeases(_tracker.Store.Leases, metrics, options, _tracker.Time, NullLogger<WorkLease>.Instance);
        using var loop = new ReviewLoop(_tracker.Store.Errands, _tracker.Reviewer, rollout, _tracker.Archive, leases, metrics, options, _tracker.Time, NullLogger<ReviewLoop>.Instance);
        var control = await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, An.Ada), CancellationToken.None);
        await _tracker.Store.Errands.AddAsync([new(control.Tenant, control.Profile, TestTracker.Noon.AddHours(-1))], CancellationToken.None);

        await loop.PassAsync(CancellationToken.None);

        Assert.Empty(await _tracker.Store.Errands.ReadDueAsync(TestTracker.Noon, 10, CancellationToken.None));
        Assert.NotNull((await _tracker.Store.Rollouts.FindAsync(control.Tenant, CancellationToken.None))!.FinishedAt);
    }

    [Fact]
    public async Task A_profile_that_alone_is_not_served_is_put_off_and_keeps_no_other_waiting()
    {
        await _tracker.RecordAsync(An.Receipt("other", An.Bob));
        var (ada, bob) = (await ProfileAsync(An.Ada), await ProfileAsync(An.Bob));
        var (options, metrics) = (Options.Create(new RetentionOptions()), new RetentionMetrics(_meters));
        var rollout = new PolicyRollout(_tracker.Store.Rollouts, _tracker.Store.Identities, _tracker.Unowned, _tracker.Store.Errands, _tracker.Policies, metrics, options, TestTracker.Passes, _tracker.Time);
        var leases = new WorkLeases(_tracker.Store.Leases, metrics, options, _tracker.Time, NullLogger<WorkLease>.Instance);
        var log = new FakeLogCollector();
        using var loop = new ReviewLoop(_tracker.Store.Errands, _tracker.ReviewerOn(new AwayFor(ada, _tracker.Store.Reviews)), rollout, _tracker.Archive, leases, metrics, options, _tracker.Time, new FakeLogger<ReviewLoop>(log));
        await _tracker.Store.Errands.AddAsync([new(_tracker.Caller.Tenant, ada, TestTracker.Noon.AddHours(-2)), new(_tracker.Caller.Tenant, bob, TestTracker.Noon.AddHours(-1))], CancellationToken.None);

        await loop.PassAsync(CancellationToken.None);

        var left = await _tracker.Store.Errands.ReadDueAsync(TestTracker.Noon.AddDays(1), 10, CancellationToken.None);
        Assert.Equal([new Errand(_tracker.Caller.Tenant, ada, TestTracker.Noon + options.Value.ReviewRetry)], left);
        Assert.Single(log.GetSnapshot(), line => line.Id.Id == 3003);
    }

    private async Task<ProfileId> ProfileAsync(Identifier by) => (await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, by), CancellationToken.None)).Profile;

    /// <summary>A store that does not serve the review of one person, and everything else.</summary>
    private sealed class AwayFor(ProfileId profile, IReviewStore store) : IReviewStore
    {
        public Task<IReadOnlyList<InteractionRecord>> ListRecordsAsync(TenantId tenant, ProfileId of, RecordAddress? after, int limit, CancellationToken cancellation) =>
            of == profile ? throw RefusalException.StoreAway() : store.ListRecordsAsync(tenant, of, after, limit, cancellation);

        public Task<ContactDocument?> FindContactAsync(TenantId tenant, ProfileId of, CancellationToken cancellation) => store.FindContactAsync(tenant, of, cancellation);

        public Task<bool> ApplyAsync(ProfileRevision revision, CancellationToken cancellation) => store.ApplyAsync(revision, cancellation);

        public Task<bool> ChangeHoldsAsync(TenantId tenant, ProfileId of, long expectedEpoch, IReadOnlyList<ProfileHold> holds, bool isRestricted, IReadOnlyList<Errand> errands, CancellationToken cancellation) =>
            store.ChangeHoldsAsync(tenant, of, expectedEpoch, holds, isRestricted, errands, cancellation);
    }

    /// <summary>A store that does not answer in time for one tenant.</summary>
    private sealed class TimeOutsFor(TenantId tenant, IRolloutStore store) : IRolloutStore
    {
        public Task<Rollout?> FindAsync(TenantId asked, CancellationToken cancellation) =>
            asked == tenant ? throw new OperationCanceledException("The store did not answer in time.") : store.FindAsync(asked, cancellation);

        public Task<bool> SaveAsync(Rollout rollout, IReadOnlyList<Errand> errands, Fence? fence, CancellationToken cancellation) => store.SaveAsync(rollout, errands, fence, cancellation);
    }
}
