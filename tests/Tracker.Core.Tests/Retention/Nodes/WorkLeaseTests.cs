using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention.Nodes;

public sealed class WorkLeaseTests : IAsyncLifetime
{
    private readonly NoMeters _meters = new();
    private readonly FakeLogger<WorkLease> _log = new();
    private TestTracker _tracker = null!;
    private RetentionMetrics _metrics = null!;
    private WorkLease _one = null!;
    private WorkLease _other = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        _metrics = new RetentionMetrics(_meters);
        _one = LeaseOn(_tracker.Store.Leases, _metrics);
        _other = LeaseOn(_tracker.Store.Leases, new RetentionMetrics(_meters));
    }

    public async ValueTask DisposeAsync()
    {
        _one.Dispose();
        _other.Dispose();
        await _tracker.DisposeAsync();
        _meters.Dispose();
    }

    [Fact]
    public async Task One_of_two_nodes_does_the_work_and_goes_on_with_it()
    {
        Assert.True(await _one.TryWorkAsync(Nothing, Cancellation));
        Assert.False(await _other.TryWorkAsync(Nothing, Cancellation));
        Assert.True(await _one.TryWorkAsync(Nothing, Cancellation));
    }

    [Fact]
    public async Task Another_node_goes_on_once_the_holder_has_not_renewed()
    {
        await _one.TryWorkAsync(Nothing, Cancellation);
        _tracker.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.True(await _other.TryWorkAsync(Nothing, Cancellation));
        Assert.False(await _one.TryWorkAsync(Nothing, Cancellation));
    }

    [Fact]
    public async Task Pass_that_takes_longer_than_a_lease_goes_on_while_it_is_renewed()
    {
        var isCancelled = true;

        var isDone = await _one.TryWorkAsync(
            async (_, token) =>
            {
                for (var i = 0; i < 6; i++)
                {
                    _tracker.Time.Advance(TimeSpan.FromSeconds(20));
                    await _one.RenewAsync(Cancellation);
                }

                isCancelled = token.IsCancellationRequested;
            },
            Cancellation);

        Assert.True(isDone);
        Assert.False(isCancelled);
    }

    [Fact]
    public async Task Pass_that_is_not_renewed_is_cancelled_before_another_node_may_begin()
    {
        var mayOtherBegin = true;

        var isDone = await _one.TryWorkAsync(
            async (_, token) =>
            {
                _tracker.Time.Advance(TimeSpan.FromSeconds(26));
                mayOtherBegin = await _other.TryWorkAsync(Nothing, Cancellation);
                token.ThrowIfCancellationRequested();
            },
            Cancellation);

        Assert.False(mayOtherBegin);
        Assert.False(isDone);
    }

    [Fact]
    public async Task Store_that_does_not_answer_a_renewal_ends_the_pass_in_time()
    {
        var store = new Failing(_tracker.Store.Leases);
        using var lease = LeaseOn(store, _metrics);

        var isDone = await lease.TryWorkAsync(
            async (_, token) =>
            {
                store.IsFailing = true;
                _tracker.Time.Advance(TimeSpan.FromSeconds(10));
                await lease.RenewAsync(Cancellation);
                Assert.False(token.IsCancellationRequested);
                _tracker.Time.Advance(TimeSpan.FromSeconds(15));
                token.ThrowIfCancellationRequested();
            },
            Cancellation);

        Assert.False(isDone);
        Assert.Contains(3010, Events());
    }

    [Fact]
    public async Task Renewal_that_finds_another_holder_ends_the_pass()
    {
        var isDone = await _one.TryWorkAsync(
            async (fence, token) =>
            {
                await _tracker.Store.Leases.ReleaseAsync(fence, Cancellation);
                await _other.TryWorkAsync(Nothing, Cancellation);
                await _one.RenewAsync(Cancellation);
                token.ThrowIfCancellationRequested();
            },
            Cancellation);

        Assert.False(isDone);
    }

    [Fact]
    public async Task Write_that_is_refused_by_its_fence_ends_the_pass()
    {
        Assert.False(await _one.TryWorkAsync((_, _) => throw new LeaseLostException(BackgroundWork.Review), Cancellation));

        Assert.Equal([3007, 3008], Events());
    }

    [Fact]
    public async Task Pass_that_fails_or_is_stopped_says_so_and_keeps_the_lease()
    {
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAsync<InvalidOperationException>(() => _one.TryWorkAsync((_, _) => throw new InvalidOperationException(), Cancellation));
        await Assert.ThrowsAsync<OperationCanceledException>(() => _one.TryWorkAsync(
            async (_, token) =>
            {
                await stop.CancelAsync();
                token.ThrowIfCancellationRequested();
            },
            stop.Token));

        Assert.False(await _other.TryWorkAsync(Nothing, Cancellation));
    }

    [Fact]
    public async Task Lease_is_renewed_between_two_passes()
    {
        var store = new Failing(_tracker.Store.Leases);
        using var lease = LeaseOn(store, _metrics);
        using var stop = new CancellationTokenSource();
        await lease.TryWorkAsync(Nothing, Cancellation);
        var renewed = store.NextTake();
        var repeating = lease.RepeatAsync(TimeSpan.FromDays(1), _ => Task.CompletedTask, stop.Token);

        _tracker.Time.Advance(TimeSpan.FromSeconds(10));
        await renewed;
        _tracker.Time.Advance(TimeSpan.FromSeconds(25));

        Assert.False(await _other.TryWorkAsync(Nothing, Cancellation));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => repeating);
    }

    [Fact]
    public async Task Node_that_stops_in_order_hands_the_work_over_at_once()
    {
        await _one.TryWorkAsync(Nothing, Cancellation);

        await _one.ReleaseAsync(Cancellation);

        Assert.True(await _other.TryWorkAsync(Nothing, Cancellation));
        Assert.Equal([3007, 3009, 3007], Events());
    }

    [Fact]
    public async Task Server_that_has_not_started_takes_no_work_from_one_that_runs()
    {
        await _tracker.Reviews.StartAsync(Cancellation);

        Assert.True(await _other.TryWorkAsync(Nothing, Cancellation));
        Assert.False(await _tracker.Reviews.PassAsync(Cancellation));
    }

    [Fact]
    public async Task Work_of_a_server_begins_when_it_has_started_and_passes_over_when_it_stops()
    {
        await _tracker.Sweeper.StartAsync(Cancellation);
        await _tracker.Sweeper.StartedAsync(Cancellation);
        var isHeld = await _tracker.Sweeper.PassAsync(Cancellation);
        using var other = new WorkLeases(_tracker.Store.Leases, _metrics, Options.Create(new RetentionOptions()), _tracker.Time, _log).For(BackgroundWork.Sweep);
        var mayOther = await other.TryWorkAsync(Nothing, Cancellation);

        await _tracker.Sweeper.StopAsync(Cancellation);

        Assert.Equal((true, false), (isHeld, mayOther));
        Assert.True(await other.TryWorkAsync(Nothing, Cancellation));
    }

    [Fact]
    public async Task Lease_that_cannot_be_released_does_not_keep_the_node_from_stopping()
    {
        var store = new Failing(_tracker.Store.Leases);
        using var lease = LeaseOn(store, _metrics);
        await lease.TryWorkAsync(Nothing, Cancellation);
        store.IsFailing = true;

        await lease.ReleaseAsync(Cancellation);

        Assert.Contains(3011, Events());
    }

    [Fact]
    public async Task Gauge_and_log_tell_which_node_does_the_work()
    {
        using var working = new MetricCollector<int>(_meters, RetentionMetrics.MeterName, "tracker.retention.working");
        await _one.TryWorkAsync(Nothing, Cancellation);
        working.RecordObservableInstruments();

        _tracker.Time.Advance(TimeSpan.FromSeconds(25));
        working.RecordObservableInstruments();

        Assert.Equal([(1, (object?)"REVIEW"), (0, "REVIEW")], working.GetMeasurementSnapshot().Select(measured => (measured.Value, measured.Tags["tracker.work"])));
        Assert.Equal([(3007, LogLevel.Information), (3008, LogLevel.Warning)], _log.Collector.GetSnapshot().Select(line => (line.Id.Id, line.Level)));
    }

    [Fact]
    public async Task What_was_measured_at_the_work_is_not_told_any_more_by_the_node_that_lost_it()
    {
        using var lag = new MetricCollector<double>(_meters, RetentionMetrics.MeterName, "tracker.retention.errand_lag");
        await _one.TryWorkAsync(Nothing, Cancellation);
        _metrics.ErrandsWaiting(TimeSpan.FromHours(1), 3);

        _tracker.Time.Advance(TimeSpan.FromSeconds(25));
        lag.RecordObservableInstruments();

        Assert.Equal(0, lag.LastMeasurement!.Value);
    }

    private static Task Nothing(Fence fence, CancellationToken cancellation) => Task.CompletedTask;

    private IEnumerable<int> Events() => _log.Collector.GetSnapshot().Select(line => line.Id.Id);

    private WorkLease LeaseOn(ILeaseStore store, RetentionMetrics metrics) =>
        new WorkLeases(store, metrics, Options.Create(new RetentionOptions()), _tracker.Time, _log).For(BackgroundWork.Review);

    /// <summary>A store that stops answering when it is told to.</summary>
    private sealed class Failing(ILeaseStore inner) : ILeaseStore
    {
        private TaskCompletionSource? _taken;

        public bool IsFailing { get; set; }

        public Task NextTake() => (_taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public async Task<Fence?> TakeAsync(BackgroundWork work, string holder, TimeSpan duration, CancellationToken cancellation)
        {
            Refuse();
            var fence = await inner.TakeAsync(work, holder, duration, cancellation);
            _taken?.TrySetResult();
            return fence;
        }

        public Task ReleaseAsync(Fence fence, CancellationToken cancellation)
        {
            Refuse();
            return inner.ReleaseAsync(fence, cancellation);
        }

        private void Refuse()
        {
            if (IsFailing)
            {
                throw RefusalException.StoreUnavailable();
            }
        }
    }
}
