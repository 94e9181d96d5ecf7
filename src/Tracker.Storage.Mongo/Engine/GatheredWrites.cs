using MongoDB.Bson;
using MongoDB.Driver;

namespace Tracker.Storage.Mongo.Engine;

/// <summary>What a transaction has gathered for one collection: of each document the last that was put, so that their order means nothing.</summary>
internal sealed class GatheredWrites(IMongoCollection<BsonDocument> collection)
{
    private static readonly BulkWriteOptions Unordered = new() { IsOrdered = false };

    // What the snapshot of the transaction does not have. Another may write it meanwhile; then the transaction begins again.
    private readonly HashSet<BsonValue> _absent = [];
    private readonly Dictionary<BsonValue, WriteModel<BsonDocument>> _documents = [];
    private readonly List<WriteModel<BsonDocument>> _updates = [];
    private readonly List<WriteModel<BsonDocument>> _deletions = [];

    public void NoteAbsent(BsonValue id) => _absent.Add(id);

    public void Insert(BsonDocument document) => _documents.Add(document["_id"], new InsertOneModel<BsonDocument>(document));

    /// <summary>Many inserts are one step of the server; each replacement that may find nothing is one of its own.</summary>
    public void Put(BsonDocument key, BsonDocument document)
    {
        var id = document["_id"];
        var isNew = _absent.Contains(id) || _documents.GetValueOrDefault(id) is InsertOneModel<BsonDocument>;
        _documents[id] = isNew ? new InsertOneModel<BsonDocument>(document) : new ReplaceOneModel<BsonDocument>(key, document) { IsUpsert = true };
    }

    public void Update(BsonDocument filter, BsonDocument update) => _updates.Add(new UpdateOneModel<BsonDocument>(filter, update));

    public void Delete(BsonValue id)
    {
        _documents.Remove(id);
        _deletions.Add(new DeleteOneModel<BsonDocument>(new BsonDocument("_id", id)));
    }

    /// <summary>Of what is stored; what is gathered stays.</summary>
    public void DeleteAll(BsonDocument filter) => _deletions.Add(new DeleteManyModel<BsonDocument>(filter));

    public Task DeleteAsync(IClientSessionHandle session, CancellationToken cancellation) => SendAsync(session, _deletions, cancellation);

    public Task WriteAsync(IClientSessionHandle session, CancellationToken cancellation) => SendAsync(session, [.. _documents.Values, .. _updates], cancellation);

    private Task SendAsync(IClientSessionHandle session, List<WriteModel<BsonDocument>> models, CancellationToken cancellation) =>
        models.Count == 0 ? Task.CompletedTask : collection.BulkWriteAsync(session, models, Unordered, cancellation);
}
