using RocksDbSharp;

namespace Tracker.Storage.RocksDb.Documents;

/// <summary>What all documents have in common. No end means a hold.</summary>
internal sealed record DocumentHead(DateTimeOffset? ExpireAt)
{
    public const byte Format = 1;

    public static readonly ISpanDeserializer<DocumentHead> Codec = new HeadReader();

    public bool IsExpired(DateTimeOffset now) => ExpireAt <= now;

    public static DocumentHead Read(ref DocumentReader reader)
    {
        var format = reader.Byte();
        return format == Format
            ? new DocumentHead(reader.NullableTime())
            : throw new InvalidOperationException($"A document has the unknown format {format}.");
    }

    private sealed class HeadReader : ISpanDeserializer<DocumentHead>
    {
        public DocumentHead Deserialize(ReadOnlySpan<byte> buffer)
        {
            var reader = new DocumentReader(buffer);
            return Read(ref reader);
        }
    }
}
