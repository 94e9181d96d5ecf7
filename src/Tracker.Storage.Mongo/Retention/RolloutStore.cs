using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Retention;

/// <summary>One document a tenant, under its name.</summary>
internal sealed class RolloutStore(StoreTables tables) : IRolloutStore
{
    public Task<Rollout?> FindAsync(TenantId tenant, CancellationToken cancellation) =>
        StoreEngine.ReadAsync(() => tables.Rollouts.FindLiveAsync(session: null, tenant.Value, cancellation));

    /// <summary>In one transaction: a rollout that has come further than its errands would leave profiles out.</summary>
    public Task<bool> SaveAsync(Rollout rollout, IReadOnlyList<Errand> errands, Fence? fence, CancellationToken cancellation) => tables.Engine.WriteAsync(
        async session =>
        {
            await FenceCheck.CheckAsync(tables, session, fence, cancellation);
            var stored = await tables.Rollouts.FindLiveAsync(session, rollout.Tenant.Value, cancellation);
            if (rollout.Version != (stored?.Version ?? 0) + 1)
            {
                return false;
            }

            tables.Rollouts.Put(session, rollout.Tenant.Value, rollout);
            foreach (var errand in errands.Distinct())
            {
                tables.Errands.Add(session, errand);
            }

            return true;
        },
        cancellation);
}
