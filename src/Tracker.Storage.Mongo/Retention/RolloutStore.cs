using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Retention;

/// <summary>One document a tenant, under its name.</summary>
internal sealed class RolloutStore(StoreTables tables) : IRolloutStore
{
    public Task<Rollout?> FindAsync(TenantId tenant, CancellationToken cancellation) =>
        StoreEngine.ReadAsync(() => tables.Rollouts.FindLiveAsync(session: null, tenant.Value, cancellation));

    /// <summary>In one transaction: a rollout that has come further than its errands would leave profiles out.</summary>
    public Task SaveAsync(Rollout rollout, IReadOnlyList<Errand> errands, CancellationToken cancellation) => tables.Engine.WriteAsync(
        session =>
        {
            tables.Rollouts.Put(session, rollout.Tenant.Value, rollout);
            foreach (var errand in errands.Distinct())
            {
                tables.Errands.Add(session, errand);
            }

            return Task.FromResult(true);
        },
        cancellation);
}
