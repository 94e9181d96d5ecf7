using System.Buffers.Binary;
using Tracker.Storage.RocksDb.Engine;
using Database = RocksDbSharp.RocksDb;

namespace Tracker.Storage.RocksDb.Opening;

/// <summary>The metadata of a folder: which format its documents have, and when it was created.</summary>
internal static class StoreFormat
{
    public const int First = 1;

    public static ReadOnlySpan<byte> VersionKey => "format_version"u8;

    public static ReadOnlySpan<byte> CreatedAtKey => "created_at"u8;

    /// <returns>Null for a folder whose creation was interrupted: nothing is in it yet.</returns>
    public static int? Read(Database database) =>
        database.Get(VersionKey) is { } value ? BinaryPrimitives.ReadInt32BigEndian(value) : null;

    public static void Write(WriteSession session, int version)
    {
        Span<byte> value = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(value, version);
        session.Put(StorePart.Meta, VersionKey, value);
    }

    public static void WriteCreation(WriteSession session, DateTimeOffset now)
    {
        Span<byte> value = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(value, now.ToUnixTimeMilliseconds());
        session.Put(StorePart.Meta, CreatedAtKey, value);
    }
}
