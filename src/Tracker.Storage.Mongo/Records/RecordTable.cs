using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Records;

/// <summary>The collection of records, asked by interaction or by profile.</summary>
internal sealed class RecordTable(StoreEngine engine) : IExpiringCollection
{
    private readonly RecordCodec _codec = new();
    private readonly DocumentTable<InteractionRecord> _table = new(engine, CollectionNames.Records, new RecordCodec(), ExpiredKind.Record);

    public static BsonDocument NewestFirst => new() { { RecordFields.OccurredAt, -1 }, { RecordFields.Key, 1 }, { RecordFields.Class, 1 } };

    public ExpiredKind? Kind => _table.Kind;

    public IMongoCollection<BsonDocument> Collection => _table.Collection;

    public async Task<Dictionary<InteractionKey, InteractionHead>> FindHeadsAsync(WriteSession? session, IEnumerable<InteractionKey> keys, CancellationToken cancellation)
    {
        BsonValue[] ids = [.. keys.Distinct().Select(RecordId.OfHead)];
        var heads = await _table.Find(session, ids).Project(InteractionHead.Projection).ToListAsync(cancellation);
        return heads.Select(InteractionHead.Read).ToDictionary(head => head.Key);
    }

    /// <returns>All records of an interaction, expired or not; null: there are none.</returns>
    public async Task<StoredInteraction?> FindAsync(WriteSession? session, InteractionKey key, CancellationToken cancellation)
    {
        var documents = await _table.Find(session, RecordId.Within(key)).ToListAsync(cancellation);
        return documents.Count == 0 ? null : new StoredInteraction(_codec, documents);
    }

    /// <returns>All records of those interactions that have any, expired or not.</returns>
    public async Task<Dictionary<InteractionKey, StoredInteraction>> FindAllAsync(WriteSession session, IEnumerable<InteractionKey> keys, CancellationToken cancellation)
    {
        BsonValue[] ids = [.. keys.SelectMany(key => Enum.GetValues<RetentionClass>().Select(member => RecordId.Of(key, member)).Prepend(RecordId.OfHead(key))).Distinct()];
        return ToInteractions(await _table.Find(session, ids).ToListAsync(cancellation));
    }

    /// <returns>How many records of an interaction there are, expired or not.</returns>
    public Task<long> CountAsync(InteractionKey key, CancellationToken cancellation) =>
        Collection.CountDocumentsAsync(RecordId.Within(key), cancellationToken: cancellation);

    /// <returns>All interactions of a profile, expired or not.</returns>
    public async Task<Dictionary<InteractionKey, StoredInteraction>> ReadAllAsync(WriteSession session, string owner, CancellationToken cancellation)
    {
        return ToInteractions(await _table.Find(session, OfOwner(owner)).ToListAsync(cancellation));
    }

    public Task<List<InteractionRecord>> ListAsync(BsonDocument filter, int limit, CancellationToken cancellation) =>
        _table.ListAsync(session: null, filter, NewestFirst, limit, cancellation);

    /// <returns>The latest end of the living records of a profile.</returns>
    public Task<DateTimeOffset> LatestEndAsync(WriteSession session, string owner, CancellationToken cancellation) =>
        LatestEnd.OfAsync(_table.Find(session, OfOwner(owner)), engine.Now, cancellation);

    public StoredInteraction New(InteractionWrite write, BatchId batch) => new(_codec, write.Records, batch);

    public void Put(WriteSession session, StoredInteraction interaction, IReadOnlyList<ProfileHold> holds)
    {
        var documents = interaction.Documents(holds);
        foreach (var id in interaction.LeftOver(documents))
        {
            session.Delete(Collection, id);
        }

        foreach (var document in documents)
        {
            session.Put(Collection, document);
        }
    }

    private Dictionary<InteractionKey, StoredInteraction> ToInteractions(IEnumerable<BsonDocument> documents) => documents
        .GroupBy(document => RecordId.InteractionOf(document["_id"]))
        .ToDictionary(group => group.Key, group => new StoredInteraction(_codec, group));

    public static BsonDocument OfOwner(string owner) => new(RecordFields.Owner, owner);
}
