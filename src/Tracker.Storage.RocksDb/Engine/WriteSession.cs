using RocksDbSharp;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Engine;

/// <summary>What the writer has gathered: written as one atomic, synced batch, or dropped with the session.</summary>
internal sealed class WriteSession(StoreEngine engine) : IDisposable
{
    private readonly WriteBatch _batch = new();

    /// <summary>Scratch space for the document that is being written.</summary>
    public DocumentWriter Document { get; } = new();

    public void Put(StorePart part, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) =>
        _batch.Put(key, value, engine.Family(part));

    public void Delete(StorePart part, ReadOnlySpan<byte> key) => _batch.Delete(key, engine.Family(part));

    /// <summary>Durable on return.</summary>
    public void Commit()
    {
        if (_batch.Count() > 0)
        {
            engine.Write(_batch);
        }
    }

    public void Dispose()
    {
        _batch.Clear();
        engine.EndWrite();
    }

    public void Close() => _batch.Dispose();
}
