using System.Buffers.Binary;
using Tracker.Core.Retention;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Retention;

/// <summary>
/// An entry of the expiry index: when to look at which document. It may ring early; what counts is the document's own
/// end.
/// </summary>
internal readonly record struct Alarm(DateTimeOffset At, ExpiredKind Kind, ReadOnlyMemory<byte> DocumentKey)
{
    private const int HeadSize = sizeof(long) + 1;

    public static void Set(WriteSession session, DateTimeOffset at, ExpiredKind kind, ReadOnlySpan<byte> documentKey)
    {
        var size = HeadSize + documentKey.Length;
        Span<byte> buffer = size <= KeyBuilder.MaxSize ? stackalloc byte[KeyBuilder.MaxSize] : new byte[size];
        session.Put(StorePart.Expiry, Write(buffer, at, kind, documentKey), []);
    }

    public static void Clear(WriteSession session, DateTimeOffset at, ExpiredKind kind, ReadOnlySpan<byte> documentKey)
    {
        var size = HeadSize + documentKey.Length;
        Span<byte> buffer = size <= KeyBuilder.MaxSize ? stackalloc byte[KeyBuilder.MaxSize] : new byte[size];
        session.Delete(StorePart.Expiry, Write(buffer, at, kind, documentKey));
    }

    public static DateTimeOffset TimeOf(ReadOnlySpan<byte> key) =>
        DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(key));

    public static Alarm Read(ReadOnlySpan<byte> key) =>
        new(TimeOf(key), (ExpiredKind)key[sizeof(long)], key[HeadSize..].ToArray());

    private static ReadOnlySpan<byte> Write(Span<byte> buffer, DateTimeOffset at, ExpiredKind kind, ReadOnlySpan<byte> documentKey)
    {
        var key = new KeyBuilder(buffer);
        key.Number(Math.Max(0, at.ToUnixTimeMilliseconds()));
        key.Byte((byte)kind);
        key.Bytes(documentKey);
        return key.Key;
    }
}
