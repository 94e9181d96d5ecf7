using Tracker.Core.Retention;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Retention;

/// <summary>
/// Errands have no document: the key says everything. None has an end of its own; it goes with the write that does it, or
/// when it is due and its profile is gone.
/// </summary>
internal sealed class ErrandTable(StoreEngine engine)
{
    public KeyRange Range() => engine.Range(StorePart.Errands, []);

    public void Add(WriteSession session, Errand errand)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        session.Put(StorePart.Errands, ErrandKey.Write(buffer, errand), []);
    }

    public void Remove(WriteSession session, Errand errand)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        session.Delete(StorePart.Errands, ErrandKey.Write(buffer, errand));
    }
}
