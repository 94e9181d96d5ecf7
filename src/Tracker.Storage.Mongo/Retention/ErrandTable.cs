using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Retention;

/// <summary>
/// Errands by their due time. None has an end of its own; it goes with the write that does it, or when it is due and its
/// profile is gone.
/// </summary>
internal sealed class ErrandTable(StoreEngine engine)
{
    private static readonly BsonDocument OldestFirst = new("_id", 1);
    private static readonly BulkWriteOptions Unordered = new() { IsOrdered = false };

    private readonly IMongoCollection<RawBsonDocument> _written = engine.Collection(CollectionNames.Errands).Raw();

    public IMongoCollection<BsonDocument> Collection { get; } = engine.Collection(CollectionNames.Errands);

    public static WrittenDocument Write(Errand errand)
    {
        var id = DocumentId.OfErrand(errand);
        using var written = new DocumentWriter();
        written.Add("_id", id);
        written.Add("owner", DocumentId.Of(errand.Tenant, errand.Profile));
        written.Date("due_at", errand.DueAt);
        return new(id, written.ToDocument());
    }

    public static Errand Read(BsonDocument document)
    {
        var owner = OwnerOf(document);
        return new Errand(DocumentId.TenantOf(owner), DocumentId.ProfileOf(owner), document.Time("due_at"));
    }

    public static string OwnerOf(BsonDocument document) => document.Text("owner");

    /// <summary>Whom it is about is there, or nobody, who is never gone.</summary>
    /// <param name="living">Controls by their owner.</param>
    public static bool IsToDo(BsonDocument document, IReadOnlyDictionary<BsonValue, Control> living) =>
        OwnerOf(document) is var owner && (DocumentId.ProfileOf(owner).IsNone || living.ContainsKey(owner));

    /// <summary>One by one in any order: each is complete in itself, and a repeat adds what an interrupted call left out.</summary>
    public Task AddAsync(IReadOnlyList<Errand> errands, CancellationToken cancellation) =>
        errands.Count == 0 ? Task.CompletedTask : _written.BulkWriteAsync(errands.Distinct().Select(AddModel), Unordered, cancellation);

    public void Add(WriteSession session, Errand errand) => session.Put(Collection, Write(errand));

    /// <returns>Those that are there already; of the others the transaction knows that they are not.</returns>
    public async Task<HashSet<Errand>> FindAsync(WriteSession session, IReadOnlyCollection<Errand> errands, CancellationToken cancellation)
    {
        if (errands.Count == 0)
        {
            return [];
        }

        BsonValue[] ids = [.. errands.Select(errand => (BsonValue)DocumentId.OfErrand(errand)).Distinct()];
        var found = await Collection.FindByIds(session, ids).ToListAsync(cancellation);
        foreach (var absent in ids.Except(found.Select(document => document["_id"])))
        {
            session.NoteAbsent(Collection, absent);
        }

        return [.. found.Select(Read)];
    }

    public void Remove(WriteSession session, Errand errand) => session.Delete(Collection, DocumentId.OfErrand(errand));

    /// <param name="after">The id after which to go on; null: from the first.</param>
    /// <returns>Errands due at or before that instant, the oldest first.</returns>
    public Task<List<BsonDocument>> ReadDueAsync(DateTimeOffset until, string? after, int limit, CancellationToken cancellation)
    {
        var range = new BsonDocument { { "$gt", after ?? "" }, { "$lt", $"{DocumentId.DueOf(until)};" } };
        return Collection.Find(new BsonDocument("_id", range)).Sort(OldestFirst).Limit(limit).ToListAsync(cancellation);
    }

    private static ReplaceOneModel<RawBsonDocument> AddModel(Errand errand)
    {
        var written = Write(errand);
        return new(new BsonDocument("_id", written.Id), written.Body) { IsUpsert = true };
    }
}
