using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Storage.Mongo.Documents;

namespace Tracker.Storage.Mongo.Engine;

/// <summary>What a transaction has gathered for one collection: of each document the last that was put, so that their order means nothing.</summary>
internal sealed class GatheredWrites(IMongoCollection<BsonDocument> collection)
{
    private static readonly BulkWriteOptions Unordered = new() { IsOrdered = false };

    private readonly IMongoCollection<RawBsonDocument> _collection = collection.Raw();

    // What the snapshot of the transaction does not have. Another may write it meanwhile; then the transaction begins again.
    private readonly HashSet<BsonValue> _absent = [];
    private readonly Dictionary<BsonValue, WriteModel<RawBsonDocument>> _documents = [];
    private readonly List<WriteModel<RawBsonDocument>> _updates = [];
    private readonly List<WriteModel<RawBsonDocument>> _deletions = [];

    public void NoteAbsent(BsonValue id) => _absent.Add(id);

    public void Insert(WrittenDocument document) => _documents.Add(document.Id, new InsertOneModel<RawBsonDocument>(document.Body));

    /// <summary>Many inserts are one step of the server; each replacement that may find nothing is one of its own.</summary>
    public void Put(BsonDocument key, WrittenDocument document)
    {
        var id = document.Id;
        var isNew = _absent.Contains(id) || _documents.GetValueOrDefault(id) is InsertOneModel<RawBsonDocument>;
        _documents[id] = isNew ? new InsertOneModel<RawBsonDocument>(document.Body) : new ReplaceOneModel<RawBsonDocument>(key, document.Body) { IsUpsert = true };
    }

    public void Update(BsonDocument filter, BsonDocument update) => _updates.Add(new UpdateOneModel<RawBsonDocument>(filter, update));

    public void Delete(BsonValue id)
    {
        _documents.Remove(id);
        _deletions.Add(new DeleteOneModel<RawBsonDocument>(new BsonDocument("_id", id)));
    }

    /// <summary>Of what is stored; what is gathered stays.</summary>
    public void DeleteAll(BsonDocument filter) => _deletions.Add(new DeleteManyModel<RawBsonDocument>(filter));

    public Task DeleteAsync(IClientSessionHandle session, CancellationToken cancellation) => SendAsync(session, _deletions, cancellation);

    public Task WriteAsync(IClientSessionHandle session, CancellationToken cancellation) => SendAsync(session, [.. _documents.Values, .. _updates], cancellation);

    private Task SendAsync(IClientSessionHandle session, List<WriteModel<RawBsonDocument>> models, CancellationToken cancellation) =>
        models.Count == 0 ? Task.CompletedTask : _collection.BulkWriteAsync(session, models, Unordered, cancellation);
}
