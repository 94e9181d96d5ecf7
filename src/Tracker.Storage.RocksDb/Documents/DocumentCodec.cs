using RocksDbSharp;
using Tracker.Core.Model;

namespace Tracker.Storage.RocksDb.Documents;

/// <summary>
/// The bytes of one kind of document: a format, the end, then its fields. That every document begins with its end is
/// what lets the sweeper read any of them.
/// </summary>
internal abstract class DocumentCodec<T> : ISpanDeserializer<T>
    where T : class
{
    public ReadOnlySpan<byte> Write(DocumentWriter writer, T document)
    {
        var expireAt = ExpireAt(document);
        Holding.RefuseUnending(typeof(T).Name, expireAt, Holds(document));

        writer.Clear();
        writer.Byte(DocumentHead.Format);
        writer.Time(expireAt);
        WriteFields(writer, document);
        return writer.Written;
    }

    public T Deserialize(ReadOnlySpan<byte> buffer)
    {
        var reader = new DocumentReader(buffer);
        return ReadFields(ref reader, DocumentHead.Read(ref reader).ExpireAt);
    }

    public abstract DateTimeOffset? ExpireAt(T document);

    public virtual IReadOnlyList<string> Holds(T document) => [];

    protected abstract void WriteFields(DocumentWriter writer, T document);

    protected abstract T ReadFields(ref DocumentReader reader, DateTimeOffset? expireAt);
}
