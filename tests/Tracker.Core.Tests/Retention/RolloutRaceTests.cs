using Microsoft.Extensions.Options;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

/// <summary>One node rewrites, and another is told by the catalogue that products have become stricter.</summary>
public sealed class RolloutRaceTests : IAsyncLifetime
{
    private readonly NoMeters _meters = new();
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.RecordAsync(An.Receipt("1", An.Ada), An.Receipt("2", An.Bob));
    }

    public async ValueTask DisposeAsync()
    {
        await _tracker.DisposeAsync();
        _meters.Dispose();
    }

    [Fact]
    [Trait("Compliance", "E35")]
    public async Task Products_that_become_stricter_while_another_node_moves_the_cursor_have_their_pass()
    {
        var other = RolloutOn(new Interrupted(_tracker.Store.Rollouts, () => _tracker.Rollout.BeginForProductsAsync(_tracker.Caller.Tenant, CancellationToken.None)));

        await other.AdvanceAsync(fence: null, CancellationToken.None);

        var rollout = await FindAsync();
        Assert.NotNull(rollout.NextAt);
        Assert.NotNull(rollout.ProductsDecidedBefore);
        Assert.NotNull(rollout.After);
    }

    [Fact]
    [Trait("Compliance", "E35")]
    public async Task Cursor_that_another_node_moves_while_products_become_stricter_stays_where_it_has_come_to()
    {
        var other = RolloutOn(new Interrupted(_tracker.Store.Rollouts, () => RolloutOn(_tracker.Store.Rollouts).AdvanceAsync(fence: null, CancellationToken.None)));

        await other.BeginForProductsAsync(_tracker.Caller.Tenant, CancellationToken.None);

        var rollout = await FindAsync();
        Assert.NotNull(rollout.NextAt);
        Assert.NotNull(rollout.After);
    }

    private async Task<Rollout> FindAsync() => (await _tracker.Store.Rollouts.FindAsync(_tracker.Caller.Tenant, CancellationToken.None))!;

    private PolicyRollout RolloutOn(IRolloutStore rollouts) => new(
        rollouts,
        _tracker.Store.Identities,
        _tracker.Unowned,
        _tracker.Store.Errands,
        _tracker.Policies,
        new RetentionMetrics(_meters),
        Options.Create(new RetentionOptions { RolloutChunk = 1 }),
        TestTracker.Passes,
        _tracker.Time);

    /// <summary>Something happens once, between the reading and the writing of a rollout.</summary>
    private sealed class Interrupted(IRolloutStore inner, Func<Task> beforeSave) : IRolloutStore
    {
        private Func<Task>? _beforeSave = beforeSave;

        public Task<Rollout?> FindAsync(TenantId tenant, CancellationToken cancellation) => inner.FindAsync(tenant, cancellation);

        public async Task<bool> SaveAsync(Rollout rollout, IReadOnlyList<Errand> errands, Fence? fence, CancellationToken cancellation)
        {
            await (Interlocked.Exchange(ref _beforeSave, null)?.Invoke() ?? Task.CompletedTask);
            return await inner.SaveAsync(rollout, errands, fence, cancellation);
        }
    }
}
