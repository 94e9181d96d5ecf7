using MongoDB.Bson;
using MongoDB.Driver;

namespace Tracker.Storage.Mongo.Engine;

internal static class Questions
{
    /// <param name="session">The transaction to read in; null: outside of any.</param>
    public static IFindFluent<BsonDocument, BsonDocument> Find(this IMongoCollection<BsonDocument> collection, WriteSession? session, BsonDocument filter, FindOptions? options = null) =>
        session is null ? collection.Find(filter, options) : collection.Find(session.Handle, filter, options);

    /// <summary>In one answer, as far as it may be as large: the server's first one has 101 documents, and the rest costs another question.</summary>
    public static IFindFluent<BsonDocument, BsonDocument> FindByIds(this IMongoCollection<BsonDocument> collection, WriteSession? session, IReadOnlyCollection<BsonValue> ids) =>
        collection.Find(session, new BsonDocument("_id", new BsonDocument("$in", new BsonArray(ids))), new FindOptions { BatchSize = ids.Count + 1 });

    /// <summary>For documents that are bytes already.</summary>
    public static IMongoCollection<RawBsonDocument> Raw(this IMongoCollection<BsonDocument> collection) =>
        collection.Database.GetCollection<RawBsonDocument>(collection.CollectionNamespace.CollectionName, collection.Settings);
}
