using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;

namespace Tracker.Storage.Mongo.Retention;

internal sealed class ErrandStore(StoreTables tables) : IErrandStore
{
    public Task AddAsync(IReadOnlyList<Errand> errands, CancellationToken cancellation) => tables.Engine.WorkAsync(
        async token =>
        {
            await tables.Errands.AddAsync(errands, token);
            return true;
        },
        cancellation);

    public Task RemoveAsync(IReadOnlyList<Errand> errands, Fence? fence, CancellationToken cancellation) => tables.Engine.WriteAsync(
        async (session, token) =>
        {
            await FenceCheck.CheckAsync(tables, session, fence, token);
            foreach (var errand in errands)
            {
                tables.Errands.Remove(session, errand);
            }

            return true;
        },
        cancellation);

    public Task<IReadOnlyList<Errand>> ReadDueAsync(DateTimeOffset until, int limit, CancellationToken cancellation) =>
        tables.Engine.WorkAsync<IReadOnlyList<Errand>>(async token =>
        {
            List<Errand> due = [];
            string? after = null;
            for (var isDone = false; !isDone && due.Count < limit;)
            {
                var page = await tables.Errands.ReadDueAsync(until, after, limit, token);
                var living = await tables.Controls.FindLiveAsync(session: null, [.. page.Select(errand => (BsonValue)ErrandTable.OwnerOf(errand)).Distinct()], token);
                due.AddRange(page.Where(errand => ErrandTable.IsToDo(errand, living)).Select(ErrandTable.Read));
                isDone = page.Count < limit;
                after = page.Count == 0 ? after : page[^1]["_id"].AsString;
            }

            return [.. due.Take(limit)];
        }, cancellation);
}
