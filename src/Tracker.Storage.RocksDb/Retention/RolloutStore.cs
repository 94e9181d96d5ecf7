using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Retention;

/// <summary>One document a tenant, under tenant ‖ 0.</summary>
internal sealed class RolloutStore(StoreTables tables) : IRolloutStore
{
    public Task<Rollout?> FindAsync(TenantId tenant, CancellationToken cancellation)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        return Task.FromResult(tables.Rollouts.FindLive(ProfileKey.WriteTenant(buffer, tenant), tables.Engine.Now));
    }

    public async Task SaveAsync(Rollout rollout, IReadOnlyList<Errand> errands, CancellationToken cancellation)
    {
        using var session = await tables.Engine.BeginWriteAsync(cancellation);
        Put(session, rollout);
        foreach (var errand in errands)
        {
            tables.Errands.Add(session, errand);
        }

        session.Commit();
    }

    private void Put(WriteSession session, Rollout rollout)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var key = ProfileKey.WriteTenant(buffer, rollout.Tenant);
        tables.Rollouts.Put(session, key, rollout, tables.Rollouts.Find(key));
    }
}
