using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Storage.Mongo.Documents;

namespace Tracker.Storage.Mongo.Engine;

/// <summary>What a transaction has gathered, written collection by collection at its end. Of one document the last word counts.</summary>
internal sealed class WriteSession(IClientSessionHandle handle)
{
    private readonly Dictionary<string, GatheredWrites> _gathered = [];

    public IClientSessionHandle Handle => handle;

    /// <summary>There is no document under that id, not even one whose time has passed: what is put there is inserted, and meets one that is there after all.</summary>
    public void NoteAbsent(IMongoCollection<BsonDocument> collection, BsonValue id) => Of(collection).NoteAbsent(id);

    /// <summary>A document that is not there; another transaction may write it meanwhile, then this one begins again.</summary>
    public void Insert(IMongoCollection<BsonDocument> collection, WrittenDocument document) => Of(collection).Insert(document);

    public void Put(IMongoCollection<BsonDocument> collection, WrittenDocument document) =>
        Put(collection, new BsonDocument("_id", document.Id), document);

    /// <param name="key">The _id, and the shard key where that is another one.</param>
    public void Put(IMongoCollection<BsonDocument> collection, BsonDocument key, WrittenDocument document) => Of(collection).Put(key, document);

    public void Update(IMongoCollection<BsonDocument> collection, BsonDocument filter, BsonDocument update) => Of(collection).Update(filter, update);

    public void Delete(IMongoCollection<BsonDocument> collection, BsonValue id) => Of(collection).Delete(id);

    public void DeleteAll(IMongoCollection<BsonDocument> collection, BsonDocument filter) => Of(collection).DeleteAll(filter);

    /// <summary>Forgets what was gathered.</summary>
    public void Discard() => _gathered.Clear();

    public async Task FlushAsync(CancellationToken cancellation)
    {
        // Deletions come first: what is put may be under a key that something expired still occupies.
        foreach (var gathered in _gathered.Values)
        {
            await gathered.DeleteAsync(handle, cancellation);
        }

        foreach (var gathered in _gathered.Values)
        {
            await gathered.WriteAsync(handle, cancellation);
        }

        _gathered.Clear();
    }

    private GatheredWrites Of(IMongoCollection<BsonDocument> collection)
    {
        var name = collection.CollectionNamespace.CollectionName;
        if (!_gathered.TryGetValue(name, out var gathered))
        {
            _gathered[name] = gathered = new GatheredWrites(collection);
        }

        return gathered;
    }
}
