using MongoDB.Bson;
using Tracker.Core.Model;

namespace Tracker.Storage.Mongo.Documents;

/// <summary>The fields of one kind of document.</summary>
internal abstract class DocumentCodec<T>
    where T : class
{
    /// <param name="heldBy">Legal holds that keep it although they are not written on it yet.</param>
    /// <param name="more">What goes with it and is not of the document; null: nothing.</param>
    public WrittenDocument Write(BsonValue id, T document, IReadOnlyList<string> heldBy, Action<DocumentWriter>? more = null)
    {
        var expireAt = ExpireAt(document);
        var holds = Holds(document);
        Holding.RefuseUnending(typeof(T).Name, expireAt, holds);

        using var written = new DocumentWriter();
        written.Add("_id", id);
        StoredEnd.Write(written, expireAt, holds, heldBy);
        WriteFields(written, document);
        more?.Invoke(written);
        return new(id, written.ToDocument());
    }

    public T Read(BsonDocument document) => ReadFields(document, StoredEnd.Read(document), StoredEnd.ReadHolds(document));

    public abstract DateTimeOffset? ExpireAt(T document);

    public virtual IReadOnlyList<string> Holds(T document) => [];

    protected abstract void WriteFields(DocumentWriter written, T document);

    protected abstract T ReadFields(BsonDocument document, DateTimeOffset? expireAt, IReadOnlyList<string> holds);
}
