using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Opening;

/// <summary>The format of the documents, so that an older version never writes into what a newer one has left.</summary>
internal static class StoreFormat
{
    public const int Current = 1;

    private const string Field = "format";

    private static readonly BsonDocument Id = new("_id", "store");

    /// <exception cref="StoreOpenException">The database is of a newer version, or does not let us in.</exception>
    public static async Task CheckAsync(StoreEngine engine, string database, CancellationToken cancellation)
    {
        var meta = engine.Collection(CollectionNames.Meta);
        var first = new BsonDocument("$setOnInsert", new BsonDocument { { Field, Current }, { "created_at", Fields.Date(engine.Now) } });
        var options = new FindOneAndUpdateOptions<BsonDocument> { IsUpsert = true, ReturnDocument = ReturnDocument.After };
        var stored = await engine.ReadAsync(token => StoreLogin.CheckAsync(database, () => meta.FindOneAndUpdateAsync<BsonDocument>(Id, first, options, token)), cancellation);
        var format = stored.Number(Field);
        if (format > Current)
        {
            throw StoreOpenException.OfNewerVersion(database, format, Current);
        }
    }
}
