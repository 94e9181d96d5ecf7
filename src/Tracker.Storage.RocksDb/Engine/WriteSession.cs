using RocksDbSharp;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Engine;

/// <summary>What the writer has gathered: written as one atomic, synced batch, or dropped with the session.</summary>
internal sealed class WriteSession(StoreEngine engine) : IDisposable
{
    private readonly GatheredBatch _gathered = new();
    private readonly WriteBatch _batch = new();

    /// <summary>Scratch space for the document that is being written.</summary>
    public DocumentWriter Document { get; } = new();

    public void Put(StorePart part, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => _gathered.Put(part, key, value);

    public void Delete(StorePart part, ReadOnlySpan<byte> key) => _gathered.Delete(part, key);

    /// <summary>Durable on return.</summary>
    public void Commit()
    {
        if (!_gathered.IsEmpty)
        {
            _gathered.WriteTo(_batch, engine.Family);
            engine.Write(_batch);
        }
    }

    public void Dispose()
    {
        _gathered.Clear();
        _batch.Clear();
        engine.EndWrite();
    }

    public void Close() => _batch.Dispose();
}
