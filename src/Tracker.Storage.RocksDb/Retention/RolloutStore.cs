using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;
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

    public async Task<bool> SaveAsync(Rollout rollout, IReadOnlyList<Errand> errands, Fence? fence, CancellationToken cancellation)
    {
        using var session = await tables.Engine.BeginWriteAsync(cancellation);
        FenceCheck.Check(tables, fence);
        if (!TryPut(session, rollout))
        {
            return false;
        }

        foreach (var errand in errands)
        {
            tables.Errands.Add(session, errand);
        }

        session.Commit();
        return true;
    }

    private bool TryPut(WriteSession session, Rollout rollout)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var key = ProfileKey.WriteTenant(buffer, rollout.Tenant);
        var stored = tables.Rollouts.Find(key);
        var read = stored is not null && tables.Rollouts.IsLive(stored, tables.Engine.Now) ? stored.Version : 0;
        if (rollout.Version != read + 1)
        {
            return false;
        }

        tables.Rollouts.Put(session, key, rollout, stored);
        return true;
    }
}
