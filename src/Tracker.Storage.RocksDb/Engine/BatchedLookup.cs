using System.Buffers;
using System.Runtime.InteropServices;
using RocksDbSharp;
using Database = RocksDbSharp.RocksDb;

namespace Tracker.Storage.RocksDb.Engine;

/// <summary>Writes the key of one of many that are looked up at once.</summary>
internal delegate ReadOnlySpan<byte> KeyWriter<in T>(Span<byte> buffer, T item);

/// <summary>
/// Looks up many keys of one family in one call of the engine, which sorts them and asks each filter, index and block once for all that need it: what is not in a cache costs
/// a third less than key by key. The binding has a native function for it and nothing above it, so this is the one place of the store that handles pointers.
/// </summary>
internal static unsafe class BatchedLookup
{
    private static readonly ReadOptions Options = new();

    /// <param name="write">Keys of up to <see cref="KeyBuilder.MaxSize"/>.</param>
    /// <exception cref="RocksDbException">The engine cannot read one of them.</exception>
    public static T?[] Find<T, TItem>(Database database, ColumnFamilyHandle family, IReadOnlyList<TItem> items, KeyWriter<TItem> write, ISpanDeserializer<T> reader)
        where T : class
    {
        var keys = ArrayPool<byte>.Shared.Rent(items.Count * KeyBuilder.MaxSize);
        var (slices, values, errors) = (new Slice[items.Count], new nint[items.Count], new nint[items.Count]);
        fixed (byte* start = keys)
        fixed (Slice* first = slices)
        fixed (nint* found = values)
        {
            var at = 0;
            for (var i = 0; i < slices.Length; i++)
            {
                slices[i] = new((nint)(start + at), (nuint)write(keys.AsSpan(at), items[i]).Length);
                at += (int)slices[i].Size;
            }

            Native.Instance.rocksdb_batched_multi_get_cf_slice(database.Handle, Options.Handle, family.Handle, (nuint)slices.Length, (nint)first, (nint)found, errors, sorted_input: 0);
        }

        ArrayPool<byte>.Shared.Return(keys);
        try
        {
            ThrowFirst(errors);
            return [.. values.Select(value => value == 0 ? null : reader.Deserialize(Read(value)))];
        }
        finally
        {
            foreach (var value in values.Where(value => value != 0))
            {
                Native.Instance.rocksdb_pinnableslice_destroy(value);
            }
        }
    }

    private static ReadOnlySpan<byte> Read(nint value)
    {
        var start = Native.Instance.rocksdb_pinnableslice_value(value, out var size);
        return new((void*)start, (int)size);
    }

    /// <summary>Each message is the caller's to free; the exception frees its own.</summary>
    private static void ThrowFirst(nint[] errors)
    {
        var first = Array.Find(errors, error => error != 0);
        foreach (var error in errors.Where(error => error != 0 && error != first))
        {
            Native.Instance.rocksdb_free(error);
        }

        if (first != 0)
        {
            throw new RocksDbException(first);
        }
    }

    /// <summary>As `rocksdb_slice_t` lies in memory.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Slice(nint Data, nuint Size);
}
