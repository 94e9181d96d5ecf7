using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

/// <summary>What the log tells of a fault of the store that quotes what it failed on.</summary>
public sealed class ToldFaultTests : IAsyncLifetime
{
    private const string Quoted = "ada@example.com";

    private readonly NoMeters _meters = new();
    private readonly FakeLogCollector _log = new();
    private readonly Broken _broken = new();
    private readonly RetentionOptions _options = new();
    private TestTracker _tracker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _tracker = await TestTracker.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _tracker.DisposeAsync();
        _meters.Dispose();
    }

    [Fact]
    public async Task The_sweeper_tells_types_and_place_and_no_message()
    {
        using var sweeper = new RetentionSweeper(_broken, Leases(), new(_meters), Options.Create(_options), new FakeLogger<RetentionSweeper>(_log));

        await sweeper.StartedAsync(Cancellation);

        await AssertToldAsync(3001);
        await sweeper.StopAsync(Cancellation);
    }

    [Fact]
    public async Task The_reviews_tell_types_and_place_and_no_message()
    {
        var (options, metrics) = (Options.Create(_options), new RetentionMetrics(_meters));
        var rollout = new PolicyRollout(_tracker.Store.Rollouts, _tracker.Store.Identities, _tracker.Unowned, _broken, _tracker.Policies, metrics, options, TestTracker.Passes, _tracker.Time);
        using var loop = new ReviewLoop(_broken, _tracker.Reviewer, rollout, _tracker.Archive, Leases(), metrics, options, _tracker.Time, new FakeLogger<ReviewLoop>(_log));

        await loop.PassAsync(Cancellation);

        await AssertToldAsync(3002);
    }

    [Fact]
    public async Task The_watch_over_holds_tells_types_and_place_and_no_message()
    {
        using var watch = new HoldWatch(_broken, _tracker.Policies, new(_meters), _tracker.Time, new FakeLogger<HoldWatch>(_log));

        await watch.StartAsync(Cancellation);

        await AssertToldAsync(3006);
        await watch.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_lease_that_cannot_be_renewed_or_released_tells_types_and_place_and_no_message()
    {
        var leases = new BrokenLater(_tracker.Store.Leases);
        using var lease = new WorkLeases(leases, new(_meters), Options.Create(_options), _tracker.Time, new FakeLogger<WorkLease>(_log)).For(BackgroundWork.Review);
        await lease.TryWorkAsync((_, _) => Task.CompletedTask, Cancellation);
        leases.IsBroken = true;

        await lease.RenewAsync(Cancellation);
        await lease.ReleaseAsync(Cancellation);

        await AssertToldAsync(3010);
        await AssertToldAsync(3011);
    }

    private static InvalidOperationException Fault() => new($"no such document: {Quoted}");

    private WorkLeases Leases() => new(_tracker.Store.Leases, new(_meters), Options.Create(_options), _tracker.Time, new FakeLogger<WorkLease>(_log));

    private async Task AssertToldAsync(int id)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (_log.GetSnapshot().All(line => line.Id.Id != id))
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }

        var told = _log.GetSnapshot().First(line => line.Id.Id == id);
        Assert.Null(told.Exception);
        Assert.DoesNotContain(Quoted, told.Message, StringComparison.Ordinal);
        Assert.Contains($"{typeof(InvalidOperationException)}", told.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(ToldFaultTests), told.Message, StringComparison.Ordinal);
    }

    private sealed class Broken : IExpireData, IErrandStore, ILegalHoldStore
    {
        public Task<SweepResult> SweepAsync(int limit, CancellationToken cancellation) => throw Fault();

        public Task<Overdue> MeasureAsync(CancellationToken cancellation) => throw Fault();

        public Task AddAsync(IReadOnlyList<Errand> added, CancellationToken cancellation) => throw Fault();

        public Task RemoveAsync(IReadOnlyList<Errand> done, Fence? fence, CancellationToken cancellation) => throw Fault();

        public Task<IReadOnlyList<Errand>> ReadDueAsync(DateTimeOffset until, int limit, CancellationToken cancellation) => throw Fault();

        public Task SaveAsync(LegalHold hold, CancellationToken cancellation) => throw Fault();

        public Task<LegalHold?> FindAsync(TenantId tenant, string id, CancellationToken cancellation) => throw Fault();

        public Task<IReadOnlyList<LegalHold>> ListAsync(TenantId tenant, string? after, int limit, CancellationToken cancellation) => throw Fault();
    }

    private sealed class BrokenLater(ILeaseStore inner) : ILeaseStore
    {
        public bool IsBroken { get; set; }

        public Task<Fence?> TakeAsync(BackgroundWork work, string holder, TimeSpan duration, CancellationToken cancellation) =>
            IsBroken ? throw Fault() : inner.TakeAsync(work, holder, duration, cancellation);

        public Task ReleaseAsync(Fence fence, CancellationToken cancellation) => IsBroken ? throw Fault() : inner.ReleaseAsync(fence, cancellation);
    }
}
