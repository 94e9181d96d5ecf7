using RocksDbSharp;

namespace Tracker.Storage.RocksDb.Engine;

/// <summary>A forward walk over one snapshot of the keys, most often of those with a common prefix.</summary>
internal sealed class KeyRange : IDisposable
{
    private readonly Iterator _iterator;

    // The native iterator refers to the bound that lives in the options.
    private readonly ReadOptions _options;

    public KeyRange(Iterator iterator, ReadOptions options, ReadOnlySpan<byte> start)
    {
        _iterator = iterator;
        _options = options;
        _iterator.Seek(start);
    }

    public bool IsAtKey => _iterator.Valid();

    public ReadOnlySpan<byte> Key => _iterator.GetKeySpan();

    public ReadOnlySpan<byte> Value => _iterator.GetValueSpan();

    public void Next() => _iterator.Next();

    public void Seek(ReadOnlySpan<byte> key) => _iterator.Seek(key);

    /// <summary>To the first key after that one, whether it is there or not.</summary>
    public void SeekAfter(ReadOnlySpan<byte> key)
    {
        _iterator.Seek(key);
        if (IsAtKey && Key.SequenceEqual(key))
        {
            _iterator.Next();
        }
    }

    /// <summary>To the last key before the end of the prefix; it may be one before its beginning.</summary>
    public void SeekToLast() => _iterator.SeekToLast();

    public void Dispose()
    {
        _iterator.Dispose();
        GC.KeepAlive(_options);
    }
}
