using MongoDB.Bson;
using Tracker.Core.Profiles;
using Tracker.Core.Retention;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;
using Tracker.Storage.Mongo.Records;

namespace Tracker.Storage.Mongo.Profiles;

/// <summary>A range of one profile's records, newest first.</summary>
internal static class TimelineFilter
{
    public static BsonDocument Of(RecordQuery query, DateTimeOffset now)
    {
        var filter = RecordTable.OfOwner(DocumentId.Of(query.Tenant, query.Profile));
        var range = new BsonDocument();
        range.Add("$gte", () => Fields.Date(query.From!.Value), query.From is not null);
        range.Add("$lt", () => Fields.Date(query.Until!.Value), query.Until is not null);
        if (query.After is { } after)
        {
            range.Add("$lte", Fields.Date(after.OccurredAt));
            filter.Add("$or", new BsonArray { Before(after.OccurredAt), SameInstant(after.OccurredAt, RecordFields.Key, RecordCodec.KeyOf(after.Key)) });
        }

        if (range.ElementCount > 0)
        {
            filter.Add(RecordFields.OccurredAt, range);
        }

        filter.Add(RecordFields.Class, (int)query.Class);
        filter.AddRange(StoredEnd.Living(now));
        return filter;
    }

    /// <summary>All classes, after an address in the order of the store.</summary>
    public static BsonDocument After(string owner, RecordAddress? after)
    {
        var filter = RecordTable.OfOwner(owner);
        if (after is { } address)
        {
            var key = RecordCodec.KeyOf(address.Key);
            var sameKey = new BsonDocument
            {
                { RecordFields.OccurredAt, Fields.Date(address.OccurredAt) },
                { RecordFields.Key, key },
                { RecordFields.Class, new BsonDocument("$gt", (int)address.Class) },
            };
            filter.Add(RecordFields.OccurredAt, new BsonDocument("$lte", Fields.Date(address.OccurredAt)));
            filter.Add("$or", new BsonArray { Before(address.OccurredAt), SameInstant(address.OccurredAt, RecordFields.Key, key), sameKey });
        }

        return filter;
    }

    private static BsonDocument Before(DateTimeOffset time) => new(RecordFields.OccurredAt, new BsonDocument("$lt", Fields.Date(time)));

    private static BsonDocument SameInstant(DateTimeOffset time, string field, BsonValue after) => new()
    {
        { RecordFields.OccurredAt, Fields.Date(time) },
        { field, new BsonDocument("$gt", after) },
    };
}
