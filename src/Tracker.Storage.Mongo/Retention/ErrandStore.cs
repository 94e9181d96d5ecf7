using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Retention;

internal sealed class ErrandStore(StoreTables tables) : IErrandStore
{
    private static readonly BulkWriteOptions Unordered = new() { IsOrdered = false };

    /// <summary>One by one in any order: each is complete in itself, and a repeat adds what an interrupted call left out.</summary>
    public Task AddAsync(IReadOnlyList<Errand> errands, CancellationToken cancellation) =>
        errands.Count == 0 ? Task.CompletedTask : tables.Engine.WorkAsync(token => tables.Errands.Collection.BulkWriteAsync(errands.Distinct().Select(AddModel), Unordered, token), cancellation);

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

    private static ReplaceOneModel<BsonDocument> AddModel(Errand errand) => new(IdOf(errand), ErrandTable.Write(errand)) { IsUpsert = true };

    private static BsonDocument IdOf(Errand errand) => new("_id", DocumentId.OfErrand(errand));
}
