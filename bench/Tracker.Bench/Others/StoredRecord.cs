using System.Buffers.Binary;
using RocksDbSharp;

namespace Tracker.Bench.Others;

/// <summary>A record as the embedded store has it: what a plain table would index, and its bytes.</summary>
internal sealed record StoredRecord(byte[] Profile, long OccurredAt, byte Class, long ExpireAt, byte[] Body)
{
    private const string Family = "records";
    private const int ProfileSize = 16;

    /// <summary>Some of those that a running server has stored, spread over all.</summary>
    public static StoredRecord[] Sample(string folder, int count)
    {
        using var store = RocksDb.OpenReadOnly(new DbOptions(), folder, new ColumnFamilies { { Family, new ColumnFamilyOptions() } }, false);
        using var iterator = store.NewIterator(store.GetColumnFamily(Family));
        List<StoredRecord> records = [];
        for (iterator.SeekToFirst(); iterator.Valid() && records.Count < count; iterator.Next())
        {
            records.Add(Read(iterator.Key(), iterator.Value()));
        }

        return [.. records];
    }

    /// <summary>tenant ‖ 0 ‖ profile ‖ time, newest first ‖ interaction ‖ class (0003); the value begins with format, flag and end.</summary>
    private static StoredRecord Read(byte[] key, byte[] value)
    {
        var after = Array.IndexOf(key, (byte)0) + 1;
        var time = long.MaxValue - BinaryPrimitives.ReadInt64BigEndian(key.AsSpan(after + ProfileSize));
        return new(key[after..(after + ProfileSize)], time, key[^1], BinaryPrimitives.ReadInt64BigEndian(value.AsSpan(2)), value);
    }
}
