using RocksDbSharp;

namespace Tracker.Storage.RocksDb.Engine;

/// <summary>
/// Puts and deletions of one session, handed to the engine in the order of their keys: its newest tables are sorted lists, and what comes in
/// their order is found from where the one before it went. Of one key the order in which it was said stays.
/// </summary>
internal sealed class GatheredBatch
{
    private const int NoValue = -1;
    private const int First = 1 << 20;
    private const int Kept = 8 << 20;
    private const int KeptEntries = 64 << 10;

    private readonly List<Entry> _entries = [];
    private byte[] _bytes = new byte[First];
    private int _length;

    public bool IsEmpty => _entries.Count == 0;

    public void Put(StorePart part, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var start = Append(key);
        Append(value);
        _entries.Add(new(part, _entries.Count, start, key.Length, value.Length));
    }

    public void Delete(StorePart part, ReadOnlySpan<byte> key) => _entries.Add(new(part, _entries.Count, Append(key), key.Length, NoValue));

    public void WriteTo(WriteBatch batch, Func<StorePart, ColumnFamilyHandle> family)
    {
        _entries.Sort(Compare);
        foreach (var entry in _entries)
        {
            var key = KeyOf(entry);
            if (entry.ValueLength == NoValue)
            {
                batch.Delete(key, family(entry.Part));
            }
            else
            {
                batch.Put(key, _bytes.AsSpan(entry.Start + entry.KeyLength, entry.ValueLength), family(entry.Part));
            }
        }
    }

    /// <summary>Nothing of anybody stays in it for the next session.</summary>
    public void Clear()
    {
        _entries.Clear();
        _entries.Capacity = Math.Min(_entries.Capacity, KeptEntries);

        // Where the memory for growing was refused, it says more than there is.
        _bytes.AsSpan(0, Math.Min(_length, _bytes.Length)).Clear();
        _bytes = _bytes.Length > Kept ? new byte[First] : _bytes;
        _length = 0;
    }

    private int Compare(Entry one, Entry other)
    {
        // Compared as numbers: an enum compares boxed.
        var order = ((int)one.Part).CompareTo((int)other.Part);
        order = order != 0 ? order : KeyOf(one).SequenceCompareTo(KeyOf(other));
        return order != 0 ? order : one.Order.CompareTo(other.Order);
    }

    private ReadOnlySpan<byte> KeyOf(Entry entry) => _bytes.AsSpan(entry.Start, entry.KeyLength);

    private int Append(ReadOnlySpan<byte> bytes)
    {
        var start = _length;
        _length = checked(_length + bytes.Length);
        if (_length > _bytes.Length)
        {
            var larger = new byte[Math.Max(_length, _bytes.Length * 2)];
            _bytes.AsSpan(0, start).CopyTo(larger);
            _bytes.AsSpan(0, start).Clear();
            _bytes = larger;
        }

        bytes.CopyTo(_bytes.AsSpan(start));
        return start;
    }

    private readonly record struct Entry(StorePart Part, int Order, int Start, int KeyLength, int ValueLength);
}
