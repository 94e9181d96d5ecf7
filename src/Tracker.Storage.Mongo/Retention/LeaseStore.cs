using Tracker.Core.Retention.Nodes;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Retention;

/// <summary>One document a work, read and written in one transaction: of two nodes that take it at once, one begins again and finds it taken.</summary>
internal sealed class LeaseStore(StoreTables tables) : ILeaseStore
{
    public Task<Fence?> TakeAsync(BackgroundWork work, string holder, TimeSpan duration, CancellationToken cancellation) => tables.Engine.WriteAsync(
        async (session, token) =>
        {
            var found = await tables.Leases.FindAsync(session, DocumentId.Of(work), token);
            if (Lease.Take(found, work, holder, duration, tables.Engine.Now) is not { } taken)
            {
                return (Fence?)null;
            }

            tables.Leases.Put(session, DocumentId.Of(work), taken);
            return new Fence(work, taken.Fence);
        },
        cancellation);

    public Task ReleaseAsync(Fence fence, CancellationToken cancellation) => tables.Engine.WriteAsync(
        async (session, token) =>
        {
            if (await tables.Leases.FindAsync(session, DocumentId.Of(fence.Work), token) is { } found && found.Fence == fence.Number)
            {
                tables.Leases.Put(session, DocumentId.Of(fence.Work), found with { Holder = null });
            }

            return true;
        },
        cancellation);
}
