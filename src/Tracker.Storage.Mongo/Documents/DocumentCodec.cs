using MongoDB.Bson;
using Tracker.Core.Model;

namespace Tracker.Storage.Mongo.Documents;

/// <summary>The fields of one kind of document.</summary>
internal abstract class DocumentCodec<T>
    where T : class
{
    /// <param name="heldBy">Legal holds that keep it although they are not written on it yet.</param>
    public BsonDocument Write(BsonValue id, T document, IReadOnlyList<string> heldBy)
    {
        var expireAt = ExpireAt(document);
        var holds = Holds(document);
        Holding.RefuseUnending(typeof(T).Name, expireAt, holds);

        var written = new BsonDocument("_id", id);
        StoredEnd.Write(written, expireAt, holds, heldBy);
        WriteFields(written, document);
        return written;
    }

    public T Read(BsonDocument document) => ReadFields(document, StoredEnd.Read(document), StoredEnd.ReadHolds(document));

    public abstract DateTimeOffset? ExpireAt(T document);

    public virtual IReadOnlyList<string> Holds(T document) => [];

    protected abstract void WriteFields(BsonDocument written, T document);

    protected abstract T ReadFields(BsonDocument document, DateTimeOffset? expireAt, IReadOnlyList<string> holds);
}
