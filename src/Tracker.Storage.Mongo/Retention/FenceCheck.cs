using MongoDB.Bson;
using Tracker.Core.Retention.Nodes;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Retention;

internal static class FenceCheck
{
    private static readonly BsonDocument Touched = new("$inc", new BsonDocument("turn", 1L));

    /// <summary>
    /// The lease is written and not only read: a takeover at the same time must meet this write, or both would be committed
    /// (write skew under snapshot isolation).
    /// </summary>
    /// <exception cref="LeaseLostException">A higher fence has been given since.</exception>
    public static async Task CheckAsync(StoreTables tables, WriteSession session, Fence? fence, CancellationToken cancellation)
    {
        if (fence is not { } given)
        {
            return;
        }

        var filter = new BsonDocument { { "_id", DocumentId.Of(given.Work) }, { LeaseCodec.Fence, given.Number } };
        var touched = await tables.Leases.Collection.UpdateOneAsync(session.Handle, filter, Touched, options: null, cancellation);
        if (touched.MatchedCount == 0)
        {
            throw new LeaseLostException(given.Work);
        }
    }
}
