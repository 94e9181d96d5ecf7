using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Documents;

/// <summary>One collection with the documents in it.</summary>
/// <param name="kind">As what its documents are counted when they are deleted; null for those that go with another one.</param>
internal sealed class DocumentTable<T>(StoreEngine engine, string name, DocumentCodec<T> codec, ExpiredKind? kind) : IExpiringCollection
    where T : class
{
    public ExpiredKind? Kind => kind;

    public IMongoCollection<BsonDocument> Collection { get; } = engine.Collection(name);

    public DocumentCodec<T> Codec => codec;

    /// <param name="session">The transaction to read in; null: outside of any.</param>
    /// <returns>The document, expired or not.</returns>
    public async Task<T?> FindAsync(WriteSession? session, BsonValue id, CancellationToken cancellation) =>
        await Find(session, new BsonDocument("_id", id)).FirstOrDefaultAsync(cancellation) is { } document ? codec.Read(document) : null;

    public async Task<T?> FindLiveAsync(WriteSession? session, BsonValue id, CancellationToken cancellation) =>
        await FindAsync(session, id, cancellation) is { } document && IsLive(document, engine.Now) ? document : null;

    /// <returns>The living documents under those ids.</returns>
    public async Task<Dictionary<BsonValue, T>> FindLiveAsync(WriteSession? session, IReadOnlyCollection<BsonValue> ids, CancellationToken cancellation)
    {
        var found = new Dictionary<BsonValue, T>(ids.Count);
        if (ids.Count == 0)
        {
            return found;
        }

        var now = engine.Now;
        var absent = ids.ToHashSet();
        foreach (var document in await Find(session, ids).ToListAsync(cancellation))
        {
            absent.Remove(document["_id"]);
            var read = codec.Read(document);
            if (IsLive(read, now))
            {
                found.Add(document["_id"], read);
            }
        }

        foreach (var id in absent)
        {
            session?.NoteAbsent(Collection, id);
        }

        return found;
    }

    /// <returns>For each profile, in order, its document of this collection; null where there is none or it has expired.</returns>
    public async Task<IReadOnlyList<T?>> FindLiveAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation)
    {
        BsonValue[] ids = [.. profiles.Select(profile => DocumentId.Of(tenant, profile))];
        var found = await FindLiveAsync(session: null, ids, cancellation);
        return [.. ids.Select(id => found.GetValueOrDefault(id))];
    }

    /// <param name="sort">As an index has it.</param>
    public async Task<List<T>> ListAsync(WriteSession? session, BsonDocument filter, BsonDocument sort, int? limit, CancellationToken cancellation) =>
        [.. (await Find(session, filter).Sort(sort).Limit(limit).ToListAsync(cancellation)).Select(codec.Read)];

    public IFindFluent<BsonDocument, BsonDocument> Find(WriteSession? session, BsonDocument filter) => Collection.Find(session, filter);

    public IFindFluent<BsonDocument, BsonDocument> Find(WriteSession? session, IReadOnlyCollection<BsonValue> ids) => Collection.FindByIds(session, ids);

    public bool IsLive(T document, DateTimeOffset now) => StoredEnd.IsLiving(codec.ExpireAt(document), now);

    public void Put(WriteSession session, BsonValue id, T document, params IReadOnlyList<string> heldBy) =>
        session.Put(Collection, codec.Write(id, document, heldBy));

    public void Delete(WriteSession session, BsonValue id) => session.Delete(Collection, id);
}
