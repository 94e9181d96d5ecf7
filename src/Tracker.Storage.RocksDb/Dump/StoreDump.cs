using Tracker.Storage.RocksDb.Engine;
using Tracker.Storage.RocksDb.Opening;

namespace Tracker.Storage.RocksDb.Dump;

/// <summary>
/// Shows what a store holds, one line of JSON per document, in the order of the keys. There is no identifier in clear in
/// a store, and no payload or key leaves it here.
/// </summary>
public sealed class StoreDump : IDisposable
{
    private readonly StoreEngine _engine;
    private readonly StoreTables _tables;

    internal StoreDump(StoreEngine engine)
    {
        _engine = engine;
        _tables = new StoreTables(engine);
    }

    /// <summary>The parts that can be asked for.</summary>
    public static IReadOnlyList<string> Parts { get; } = [.. StoreParts.Names.Select(StoreParts.ShownName)];

    /// <summary>Opens a folder as it is at this moment, also while another process has it open; nothing is written.</summary>
    /// <exception cref="StoreOpenException">There is no store, or it is damaged or of another version.</exception>
    public static StoreDump OpenReadOnly(string path, TimeProvider time) =>
        new(new StoreFolder(path, time, migrations: []).OpenReadOnly());

    /// <param name="part">One of <see cref="Parts"/>.</param>
    public IEnumerable<string> Read(string part, DumpOptions options)
    {
        var position = Parts.ToList().IndexOf(part);
        return position < 0
            ? throw new ArgumentException($"There is no part '{part}'; there are {string.Join(", ", Parts)}.", nameof(part))
            : new PartDump(_engine, _tables, (StorePart)position, options).Read();
    }

    public void Dispose() => _engine.Dispose();
}
