using MongoDB.Bson;
using MongoDB.Driver;

namespace Tracker.Storage.Mongo.Engine;

/// <summary>What a transaction has gathered, written collection by collection at its end.</summary>
internal sealed class WriteSession(IClientSessionHandle handle)
{
    private static readonly BulkWriteOptions Unordered = new() { IsOrdered = false };

    // Deletions come first: what is put may be under a key that something expired still occupies.
    private readonly Dictionary<string, Gathered> _deletions = [];
    private readonly Dictionary<string, Gathered> _writes = [];

    public IClientSessionHandle Handle => handle;

    public void Insert(IMongoCollection<BsonDocument> collection, BsonDocument document) =>
        Add(_writes, collection, new InsertOneModel<BsonDocument>(document));

    public void Put(IMongoCollection<BsonDocument> collection, BsonDocument document) =>
        Put(collection, new BsonDocument("_id", document["_id"]), document);

    /// <param name="key">The _id, and the shard key where that is another one.</param>
    public void Put(IMongoCollection<BsonDocument> collection, BsonDocument key, BsonDocument document) =>
        Add(_writes, collection, new ReplaceOneModel<BsonDocument>(key, document) { IsUpsert = true });

    public void Update(IMongoCollection<BsonDocument> collection, BsonDocument filter, BsonDocument update) =>
        Add(_writes, collection, new UpdateOneModel<BsonDocument>(filter, update));

    public void Delete(IMongoCollection<BsonDocument> collection, BsonValue id) =>
        Add(_deletions, collection, new DeleteOneModel<BsonDocument>(new BsonDocument("_id", id)));

    public void DeleteAll(IMongoCollection<BsonDocument> collection, BsonDocument filter) =>
        Add(_deletions, collection, new DeleteManyModel<BsonDocument>(filter));

    public async Task FlushAsync(CancellationToken cancellation)
    {
        foreach (var (collection, models) in _deletions.Values.Concat(_writes.Values))
        {
            await collection.BulkWriteAsync(handle, models, Unordered, cancellation);
        }

        _deletions.Clear();
        _writes.Clear();
    }

    private static void Add(Dictionary<string, Gathered> gathered, IMongoCollection<BsonDocument> collection, WriteModel<BsonDocument> model)
    {
        var name = collection.CollectionNamespace.CollectionName;
        if (!gathered.TryGetValue(name, out var entry))
        {
            gathered[name] = entry = new Gathered(collection, []);
        }

        entry.Models.Add(model);
    }

    private sealed record Gathered(IMongoCollection<BsonDocument> Collection, List<WriteModel<BsonDocument>> Models);
}
