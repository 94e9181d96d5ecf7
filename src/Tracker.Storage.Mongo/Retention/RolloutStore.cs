using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;

namespace Tracker.Storage.Mongo.Retention;

/// <summary>One document a tenant, under its name.</summary>
internal sealed class RolloutStore(StoreTables tables) : IRolloutStore
{
    public Task<Rollout?> FindAsync(TenantId tenant, CancellationToken cancellation) =>
        tables.Engine.ReadAsync(token => tables.Rollouts.FindLiveAsync(session: null, tenant.Value, token), cancellation);

    /// <summary>In one transaction: a rollout that has come further than its errands would leave profiles out.</summary>
    public Task<bool> SaveAsync(Rollout rollout, IReadOnlyList<Errand> errands, Fence? fence, CancellationToken cancellation) => tables.Engine.WriteAsync(
        async (session, token) =>
        {
            await FenceCheck.CheckAsync(tables, session, fence, token);
            var stored = await tables.Rollouts.FindLiveAsync(session, rollout.Tenant.Value, token);
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
