using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Core.Retention;
using Tracker.Storage.Mongo.Documents;

namespace Tracker.Storage.Mongo.Retention;

/// <summary>
/// The server deletes what is past its <c>expire_at</c> by itself, within a minute or two. This is for what it has not come
/// to yet, and for the errands, which it does not know. Every document ends by itself: none has to be deleted with another.
/// </summary>
internal sealed class Sweeper(StoreTables tables) : IExpireData
{
    private static readonly BsonDocument OldestFirst = new(StoredEnd.ExpireAt, 1);
    private static readonly BsonDocument IdAndEnd = new(StoredEnd.ExpireAt, 1);

    public Task<SweepResult> SweepAsync(int limit, CancellationToken cancellation) => tables.Engine.WorkAsync(async token =>
    {
        var now = tables.Engine.Now;
        var due = new List<Due>();
        foreach (var collection in tables.Expiring)
        {
            due.AddRange(await ReadDueAsync(collection, now, limit + 1, token));
        }

        var deleted = new Dictionary<ExpiredKind, int>();
        foreach (var group in due.OrderBy(document => document.At).Take(limit).GroupBy(document => document.Collection))
        {
            Count(deleted, group.Key.Kind, await DeleteAsync(group.Key.Collection, group.Select(document => document.Id), now, token));
        }

        Count(deleted, ExpiredKind.Errand, await new ErrandSweep(tables).DeleteAsync(now, limit, token));
        return new SweepResult(deleted, IsDone: due.Count <= limit);
    }, cancellation);

    public Task<Overdue> MeasureAsync(CancellationToken cancellation) => tables.Engine.WorkAsync(async token =>
    {
        var now = tables.Engine.Now;
        var oldest = now;
        var count = 0L;
        foreach (var collection in tables.Expiring.Where(collection => collection.Kind is not null))
        {
            var first = await ReadDueAsync(collection, now, limit: 1, token);
            if (first is [var document])
            {
                oldest = document.At < oldest ? document.At : oldest;
                count += await collection.Collection.CountDocumentsAsync(Passed(now), new CountOptions { Limit = Overdue.MaxCount }, token);
            }
        }

        return new Overdue(now - oldest, (int)Math.Min(count, Overdue.MaxCount));
    }, cancellation);

    private static async Task<List<Due>> ReadDueAsync(IExpiringCollection collection, DateTimeOffset now, int limit, CancellationToken cancellation)
    {
        var documents = await collection.Collection.Find(Passed(now)).Sort(OldestFirst).Limit(limit).Project(IdAndEnd).ToListAsync(cancellation);
        return [.. documents.Select(document => new Due(collection, document["_id"], document.Time(StoredEnd.ExpireAt)))];
    }

    /// <summary>The end is part of the question once more: one that has moved since is left alone.</summary>
    private static async Task<int> DeleteAsync(IMongoCollection<BsonDocument> collection, IEnumerable<BsonValue> ids, DateTimeOffset now, CancellationToken cancellation)
    {
        var filter = new BsonDocument("_id", new BsonDocument("$in", new BsonArray(ids)));
        filter.AddRange(Passed(now));
        return (int)(await collection.DeleteManyAsync(filter, cancellation)).DeletedCount;
    }

    private static BsonDocument Passed(DateTimeOffset now) => StoredEnd.Passed(StoredEnd.ExpireAt, now);

    private static void Count(Dictionary<ExpiredKind, int> deleted, ExpiredKind? kind, int count)
    {
        if (kind is { } counted && count > 0)
        {
            deleted[counted] = deleted.GetValueOrDefault(counted) + count;
        }
    }

    private sealed record Due(IExpiringCollection Collection, BsonValue Id, DateTimeOffset At);
}
