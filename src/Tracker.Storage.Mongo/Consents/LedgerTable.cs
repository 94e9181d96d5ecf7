using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Consents;

/// <summary>The collection of consent entries, asked by profile.</summary>
internal sealed class LedgerTable(StoreEngine engine) : IExpiringCollection
{
    public const string Owner = "owner";
    public const string Sequence = "sequence";

    private readonly DocumentTable<ConsentEntry> _table = new(engine, CollectionNames.Consents, new ConsentCodec(), ExpiredKind.Consent);

    public ExpiredKind? Kind => _table.Kind;

    public IMongoCollection<BsonDocument> Collection => _table.Collection;

    public static BsonDocument BySequence => new() { { Owner, 1 }, { Sequence, 1 } };

    public async Task<ConsentEntry?> FindLiveAsync(WriteSession? session, string owner, long sequence, CancellationToken cancellation) =>
        await _table.Find(session, KeyOf(owner, sequence)).FirstOrDefaultAsync(cancellation) is { } document
        && _table.Codec.Read(document) is var entry
        && IsLive(entry) ? entry : null;

    /// <returns>All entries of those profiles that are stored, expired or not, by owner and sequence.</returns>
    public Task<List<ConsentEntry>> ReadAllAsync(WriteSession? session, IEnumerable<string> owners, CancellationToken cancellation) =>
        _table.ListAsync(session, new BsonDocument(Owner, new BsonDocument("$in", new BsonArray(owners))), BySequence, limit: null, cancellation);

    /// <returns>0: there are no entries.</returns>
    public async Task<long> LastSequenceAsync(WriteSession session, string owner, CancellationToken cancellation)
    {
        var latestFirst = new BsonDocument { { Owner, -1 }, { Sequence, -1 } };
        var last = await _table.ListAsync(session, new BsonDocument(Owner, owner), latestFirst, limit: 1, cancellation);
        return last is [var entry] ? entry.Sequence : 0;
    }

    public Task<DateTimeOffset> LatestEndAsync(WriteSession session, string owner, CancellationToken cancellation) =>
        LatestEnd.OfAsync(_table.Find(session, new BsonDocument(Owner, owner)), engine.Now, cancellation);

    public bool IsLive(ConsentEntry entry) => _table.IsLive(entry, engine.Now);

    /// <param name="holds">Legal holds on the profile.</param>
    public void Put(WriteSession session, ConsentEntry entry, IReadOnlyList<ProfileHold> holds)
    {
        var key = KeyOf(DocumentId.Of(entry.Tenant, entry.Profile), entry.Sequence);
        session.Put(Collection, key, _table.Codec.Write(key["_id"], entry, ProfileHold.On(RetentionClass.Evidence, holds)));
    }

    // The ledger of a profile is on one shard: a write by _id alone would not find it.
    private static BsonDocument KeyOf(string owner, long sequence) => new() { { "_id", DocumentId.OfEntry(owner, sequence) }, { Owner, owner } };
}
