using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Core.Model;

namespace Tracker.Storage.Mongo.Documents;

/// <summary>The latest end among documents, of which only the ends are read; one without an end has the last there is.</summary>
internal static class LatestEnd
{
    private static readonly BsonDocument Ends = new() { { StoredEnd.ExpireAt, 1 }, { StoredEnd.OwnEnd, 1 } };

    public static async Task<DateTimeOffset> OfAsync(IFindFluent<BsonDocument, BsonDocument> documents, DateTimeOffset now, CancellationToken cancellation)
    {
        var ends = (await documents.Project(Ends).ToListAsync(cancellation)).Select(StoredEnd.Read);
        return Of(ends, now);
    }

    public static DateTimeOffset Of(IEnumerable<DateTimeOffset?> ends, DateTimeOffset now) => ends
        .Where(end => StoredEnd.IsLiving(end, now))
        .Aggregate(DateTimeOffset.MinValue, Holding.Later);
}
