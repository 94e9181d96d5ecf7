using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;

namespace Tracker.Storage.RocksDb.Retention;

internal sealed class ErrandStore(StoreTables tables) : IErrandStore
{
    public async Task AddAsync(IReadOnlyList<Errand> errands, CancellationToken cancellation)
    {
        using var session = await tables.Engine.BeginWriteAsync(cancellation);
        foreach (var errand in errands)
        {
            tables.Errands.Add(session, errand);
        }

        session.Commit();
    }

    public Task<IReadOnlyList<Errand>> ReadDueAsync(DateTimeOffset until, int limit, CancellationToken cancellation)
    {
        var now = tables.Engine.Now;
        List<Errand> due = [];
        using var errands = tables.Errands.Range();
        for (; errands.IsAtKey && due.Count < limit && ErrandKey.DueAtOf(errands.Key) <= until; errands.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            if (ErrandKey.IsOfNobody(errands.Key) || tables.Controls.FindLive(ErrandKey.ProfileKeyOf(errands.Key), now) is not null)
            {
                due.Add(ErrandKey.Read(errands.Key));
            }
        }

        return Task.FromResult<IReadOnlyList<Errand>>(due);
    }

    public async Task RemoveAsync(IReadOnlyList<Errand> errands, Fence? fence, CancellationToken cancellation)
    {
        using var session = await tables.Engine.BeginWriteAsync(cancellation);
        FenceCheck.Check(tables, fence);
        foreach (var errand in errands)
        {
            tables.Errands.Remove(session, errand);
        }

        session.Commit();
    }
}
