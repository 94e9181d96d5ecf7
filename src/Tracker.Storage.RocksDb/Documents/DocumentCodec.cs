using RocksDbSharp;

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
        RefuseUnending(expireAt, Holds(document));

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

    private static void RefuseUnending(DateTimeOffset? expireAt, IReadOnlyList<string> holds)
    {
        if (expireAt is null && holds.Count == 0)
        {
            throw new InvalidOperationException($"A {typeof(T).Name} with neither an end nor a hold cannot be stored.");
        }

        if (expireAt is not null && holds.Count > 0)
        {
            throw new InvalidOperationException($"A {typeof(T).Name} with both an end and a hold cannot be stored; a hold has no end.");
        }
    }
}
