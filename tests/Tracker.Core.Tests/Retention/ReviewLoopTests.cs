using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tracker.Core.Consents;
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
        var rollout = new PolicyRollout(rollouts, _tracker.Store.Reviews, _tracker.Store.Errands, _tracker.Policies, metrics, options, Options.Create(new ConsentOptions()), _tracker.Time);
        var leases = new WorkLeases(_tracker.Store.Leases, metrics, options, _tracker.Time, NullLogger<WorkLease>.Instance);
        using var loop = new ReviewLoop(_tracker.Store.Errands, _tracker.Reviewer, rollout, _tracker.Archive, leases, metrics, options, _tracker.Time, NullLogger<ReviewLoop>.Instance);
        var control = await _tracker.Lookup.GetAsync(_tracker.Caller.Tenant, new(null, An.Ada), CancellationToken.None);
        await _tracker.Store.Errands.AddAsync([new(control.Tenant, control.Profile, TestTracker.Noon.AddHours(-1))], CancellationToken.None);

        await loop.PassAsync(CancellationToken.None);

        Assert.Empty(await _tracker.Store.Errands.ReadDueAsync(TestTracker.Noon, 10, CancellationToken.None));
        Assert.NotNull((await _tracker.Store.Rollouts.FindAsync(control.Tenant, CancellationToken.None))!.FinishedAt);
    }

    /// <summary>A store that does not answer in time for one tenant.</summary>
    private sealed class TimeOutsFor(TenantId tenant, IRolloutStore store) : IRolloutStore
    {
        public Task<Rollout?> FindAsync(TenantId asked, CancellationToken cancellation) =>
            asked == tenant ? throw new OperationCanceledException("The store did not answer in time.") : store.FindAsync(asked, cancellation);

        public Task<bool> SaveAsync(Rollout rollout, IReadOnlyList<Errand> errands, Fence? fence, CancellationToken cancellation) => store.SaveAsync(rollout, errands, fence, cancellation);
    }
}
