using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Records;

namespace Tracker.Storage.Mongo.Profiles;

/// <summary>
/// A key by its hash alone: looked for under every day between the first and the last that has any record. An index on the
/// hash would cost every write of the largest collection for a question that is asked by hand.
/// </summary>
internal sealed class KeySearch(StoreTables tables, TenantId tenant, UInt128 hash)
{
    private const int DaysAtOnce = 4_096;

    private readonly IMongoCollection<BsonDocument> _records = tables.Records.Collection;

    public async Task<InteractionKey?> FindAsync(CancellationToken cancellation)
    {
        if (await FindDayAsync(direction: 1, cancellation) is not { } first || await FindDayAsync(direction: -1, cancellation) is not { } last)
        {
            return null;
        }

        var now = tables.Engine.Now;
        foreach (var days in Enumerable.Range(first, last - first + 1).Chunk(DaysAtOnce))
        {
            var heads = await tables.Records.FindHeadsAsync(session: null, days.Select(day => new InteractionKey((ushort)day, hash)), cancellation);
            if (heads.Values.FirstOrDefault(head => head.Tenant == tenant && head.IsLive(now)) is { } found)
            {
                return found.Key;
            }
        }

        return null;
    }

    private async Task<ushort?> FindDayAsync(int direction, CancellationToken cancellation)
    {
        var all = new BsonDocument("_id", new BsonDocument("$gte", RecordId.OfHead(default)));
        var edge = await _records.Find(all).Sort(new BsonDocument("_id", direction)).Project(new BsonDocument("_id", 1)).FirstOrDefaultAsync(cancellation);
        return edge is null ? null : RecordId.InteractionOf(edge["_id"]).Day;
    }
}
