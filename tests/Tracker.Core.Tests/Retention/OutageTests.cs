using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

/// <summary>What works in the background while the store is away, and when it is back.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private readonly NoMeters _meters = new();
    private readonly FakeLogCollector _log = new();
    private readonly RetentionOptions _options = new();
    private TestTracker _tracker = null!;
    private Outage _outage = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        _outage = new Outage(_tracker.Store.Errands, _tracker.Store.Expiry, _tracker.Store.Rollouts, _tracker.Store.Leases);
        await _tracker.RecordAsync(An.Receipt(by: An.Ada));
    }

    public async ValueTask DisposeAsync()
    {
        await _tracker.DisposeAsync();
        _meters.Dispose();
    }

    [Fact]
    public async Task Errands_that_are_due_stay_as_they_are_and_are_done_when_it_is_back()
    {
        var control = await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, An.Ada), Cancellation);
        await _tracker.Store.Errands.AddAsync([new(control.Tenant, control.Profile, TestTracker.Noon.AddHours(-1))], Cancellation);
        using var loop = Loop();

        _outage.IsOn = true;
        await loop.PassAsync(Cancellation);
        await loop.PassAsync(Cancellation);
        _outage.IsOn = false;
        var waiting = await _tracker.Store.Errands.ReadDueAsync(TestTracker.Noon, 10, Cancellation);
        await loop.PassAsync(Cancellation);

        Assert.Single(waiting);
        Assert.Empty(await _tracker.Store.Errands.ReadDueAsync(TestTracker.Noon, 10, Cancellation));
        Assert.DoesNotContain(_log.GetSnapshot(), line => line.Id.Id is 3002 or 3003);
    }

    [Fact]
    public async Task Loops_say_nothing_that_the_store_has_said_and_go_on_when_it_is_back()
    {
        using var sweeper = new RetentionSweeper(_outage, Leases(), new RetentionMetrics(_meters), Options.Create(_options), new FakeLogger<RetentionSweeper>(_log));
        using var loop = Loop();
        _outage.IsOn = true;
        await StartAsync(sweeper);
        await StartAsync(loop);
        await _outage.FailedAsync(times: 4, () => _tracker.Time.Advance(_options.SweepInterval));

        _outage.IsOn = false;
        await _outage.ServedAsync(() => _tracker.Time.Advance(_options.SweepInterval));

        Assert.DoesNotContain(_log.GetSnapshot(), line => line.Id.Id is 3001 or 3002 or 3003 or 3010);
        await sweeper.StopAsync(Cancellation);
        await loop.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Renewal_says_nothing_that_the_store_has_said_and_the_work_is_taken_again()
    {
        using var lease = Leases(_outage).For(BackgroundWork.Review);
        await lease.TryWorkAsync((_, _) => Task.CompletedTask, Cancellation);

        _outage.IsOn = true;
        await lease.RenewAsync(Cancellation);
        _outage.IsOn = false;

        Assert.True(await lease.TryWorkAsync((_, _) => Task.CompletedTask, Cancellation));
        Assert.DoesNotContain(_log.GetSnapshot(), line => line.Id.Id == 3010);
    }

    private static Task StartAsync(LeasedLoop loop) => loop.StartedAsync(Cancellation);

    private ReviewLoop Loop()
    {
        var (options, metrics) = (Options.Create(_options), new RetentionMetrics(_meters));
        var rollout = new PolicyRollout(_outage, _tracker.Store.Identities, _tracker.Unowned, _outage, _tracker.Policies, metrics, options, TestTracker.Passes, _tracker.Time);
        return new ReviewLoop(_outage, _tracker.Reviewer, rollout, _tracker.Archive, Leases(), metrics, options, _tracker.Time, new FakeLogger<ReviewLoop>(_log));
    }

    private WorkLeases Leases(ILeaseStore? store = null) =>
        new(store ?? _tracker.Store.Leases, new RetentionMetrics(_meters), Options.Create(_options), _tracker.Time, new FakeLogger<WorkLease>(_log));

    /// <summary>A store that is away when it is told to, and counts what it was asked.</summary>
    private sealed class Outage(IErrandStore errands, IExpireData expiry, IRolloutStore rollouts, ILeaseStore leases) : IErrandStore, IExpireData, IRolloutStore, ILeaseStore
    {
        private int _failed;
        private int _served;

        public bool IsOn { get; set; }

        public Task FailedAsync(int times, Action goOn) => UntilAsync(() => Volatile.Read(ref _failed) >= times, goOn);

        public Task ServedAsync(Action goOn) => UntilAsync(() => Volatile.Read(ref _served) > 0, goOn);

        public Task AddAsync(IReadOnlyList<Errand> added, CancellationToken cancellation) => Ask(() => errands.AddAsync(added, cancellation));

        public Task RemoveAsync(IReadOnlyList<Errand> done, Fence? fence, CancellationToken cancellation) => Ask(() => errands.RemoveAsync(done, fence, cancellation));

        public Task<IReadOnlyList<Errand>> ReadDueAsync(DateTimeOffset until, int limit, CancellationToken cancellation) => Ask(() => errands.ReadDueAsync(until, limit, cancellation));

        public Task<SweepResult> SweepAsync(int limit, CancellationToken cancellation) => Ask(() => expiry.SweepAsync(limit, cancellation));

        public Task<Overdue> MeasureAsync(CancellationToken cancellation) => Ask(() => expiry.MeasureAsync(cancellation));

        public Task<Rollout?> FindAsync(TenantId tenant, CancellationToken cancellation) => Ask(() => rollouts.FindAsync(tenant, cancellation));

        public Task<bool> SaveAsync(Rollout rollout, IReadOnlyList<Errand> due, Fence? fence, CancellationToken cancellation) => Ask(() => rollouts.SaveAsync(rollout, due, fence, cancellation));

        public Task<Fence?> TakeAsync(BackgroundWork work, string holder, TimeSpan duration, CancellationToken cancellation) => Ask(() => leases.TakeAsync(work, holder, duration, cancellation));

        public Task ReleaseAsync(Fence fence, CancellationToken cancellation) => Ask(() => leases.ReleaseAsync(fence, cancellation));

        private T Ask<T>(Func<T> ask)
        {
            if (IsOn)
            {
                Interlocked.Increment(ref _failed);
                throw RefusalException.StoreAway();
            }

            Interlocked.Increment(ref _served);
            return ask();
        }

        private static async Task UntilAsync(Func<bool> isSo, Action goOn)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            patience.CancelAfter(TimeSpan.FromSeconds(30));
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
            while (!isSo())
            {
                goOn();
                await timer.WaitForNextTickAsync(patience.Token);
            }
        }
    }
}
