using RocksDbSharp;
using Tracker.Core.Model;
using Database = RocksDbSharp.RocksDb;

namespace Tracker.Storage.RocksDb.Engine;

/// <summary>The open folder: reads without a lock, one writer at a time.</summary>
internal sealed class StoreEngine : IDisposable
{
    private static readonly WriteOptions Synced = new WriteOptions().SetSync(true);

    private readonly Database _database;
    private readonly ColumnFamilyHandle[] _families;
    private readonly TimeProvider _time;
    private readonly bool _isReadOnly;
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly WriteSession _session;
    private DateTimeOffset _flushedAt;
    private bool _hasUnflushedDeletion;
    private bool _isClosed;

    public StoreEngine(Database database, TimeProvider time, bool isReadOnly = false)
    {
        _isReadOnly = isReadOnly;
        _database = database;
        _families = [.. StoreParts.Names.Select(name => database.GetColumnFamily(name))];
        _time = time;
        _session = new WriteSession(this);
        _flushedAt = Now;
    }

    public DateTimeOffset Now => _time.GetUtcNow();

    public T? Find<T>(StorePart part, ReadOnlySpan<byte> key, ISpanDeserializer<T> reader)
        where T : class
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        try
        {
            return _database.Get(key, reader, Family(part));
        }
        catch (RocksDbException fault)
        {
            throw RefusalException.StoreUnavailable(fault);
        }
    }

    /// <summary>One look-up for all of them.</summary>
    /// <returns>For each, in order, what is stored; null: nothing.</returns>
    public T?[] FindAll<T, TItem>(StorePart part, IReadOnlyList<TItem> items, KeyWriter<TItem> write, ISpanDeserializer<T> reader)
        where T : class
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        try
        {
            return items.Count == 0 ? [] : BatchedLookup.Find(_database, Family(part), items, write, reader);
        }
        catch (RocksDbException fault)
        {
            throw RefusalException.StoreUnavailable(fault);
        }
    }

    /// <summary>Documents whose key begins with <paramref name="prefix"/>, in the order of their keys.</summary>
    public KeyRange Range(StorePart part, ReadOnlySpan<byte> prefix)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        var options = new ReadOptions();
        if (KeyBuilder.EndOf(prefix) is { } end)
        {
            options.SetIterateUpperBound(end);
        }

        return new KeyRange(_database.NewIterator(Family(part), options), options, prefix);
    }

    /// <summary>Documents whose key is not before <paramref name="start"/>, in the order of their keys; those before it are not walked over.</summary>
    public KeyRange RangeFrom(StorePart part, ReadOnlySpan<byte> start)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        var options = new ReadOptions();
        return new KeyRange(_database.NewIterator(Family(part), options), options, start);
    }

    /// <returns>The only session there is; disposing of it lets the next writer in.</returns>
    public async Task<WriteSession> BeginWriteAsync(CancellationToken cancellation)
    {
        await _writer.WaitAsync(cancellation);
        if (_isClosed)
        {
            _writer.Release();
            throw new ObjectDisposedException(nameof(StoreEngine));
        }

        return _session;
    }

    /// <summary>For the opening of a folder, when nobody else writes.</summary>
    public void WriteAtOnce(Action<WriteSession> gather)
    {
        _writer.Wait();
        using var session = _session;
        gather(session);
        session.Commit();
    }

    public ColumnFamilyHandle Family(StorePart part) => _families[(int)part];

    /// <exception cref="RefusalException">A full or broken disk: nothing of the batch is written, and the call may be repeated .</exception>
    public void Write(WriteBatch batch)
    {
        try
        {
            _database.Write(batch, Synced);
        }
        catch (RocksDbException fault)
        {
            throw RefusalException.StoreUnavailable(fault);
        }
    }

    public void EndWrite() => _writer.Release();

    /// <summary>Something personal was deleted; its bytes wait in the log until all families are flushed.</summary>
    public void NoteDeletion() => _hasUnflushedDeletion = true;

    /// <summary>A quiet store would not flush by itself for weeks.</summary>
    public void FlushDeletions(TimeSpan age)
    {
        if (_hasUnflushedDeletion && Now - _flushedAt >= age)
        {
            _hasUnflushedDeletion = false;
            Flush();
        }
    }

    public void Dispose()
    {
        if (_isClosed)
        {
            return;
        }

        _writer.Wait();
        _isClosed = true;
        if (!_isReadOnly)
        {
            Flush();
        }

        _session.Close();
        _database.Dispose();
        _writer.Release();
    }

    private void Flush()
    {
        var options = new FlushOptions().SetWaitForFlush(true);
        Native.Instance.rocksdb_flush_cfs(_database.Handle, options.Handle, [.. _families.Select(family => family.Handle)], _families.Length);
        GC.KeepAlive(options);
        _flushedAt = Now;
    }
}
