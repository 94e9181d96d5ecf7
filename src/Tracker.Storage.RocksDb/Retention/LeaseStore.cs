using Tracker.Core.Retention.Nodes;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Retention;

/// <summary>One process has the folder; that it also has the work is asked all the same, as of a store of many.</summary>
internal sealed class LeaseStore(StoreTables tables) : ILeaseStore
{
    public async Task<Fence?> TakeAsync(BackgroundWork work, string holder, TimeSpan duration, CancellationToken cancellation)
    {
        using var session = await tables.Engine.BeginWriteAsync(cancellation);
        var found = Find(work);
        if (Lease.Take(found, work, holder, duration, tables.Engine.Now) is not { } taken)
        {
            return null;
        }

        Put(session, taken, found);
        session.Commit();
        return new Fence(work, taken.Fence);
    }

    public async Task ReleaseAsync(Fence fence, CancellationToken cancellation)
    {
        using var session = await tables.Engine.BeginWriteAsync(cancellation);
        if (Find(fence.Work) is { } found && found.Fence == fence.Number)
        {
            Put(session, found with { Holder = null }, found);
            session.Commit();
        }
    }

    private Lease? Find(BackgroundWork work) => tables.Leases.Find(LeaseKey.Write(stackalloc byte[KeyBuilder.MaxSize], work));

    private void Put(WriteSession session, Lease lease, Lease? replaced) =>
        tables.Leases.Put(session, LeaseKey.Write(stackalloc byte[KeyBuilder.MaxSize], lease.Work), lease, replaced);
}
