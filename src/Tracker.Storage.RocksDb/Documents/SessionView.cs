using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Documents;

/// <summary>
/// Documents of one part as one session knows them: what it has written, which is not readable yet, else what was read, once. Nobody else
/// writes while the session is open.
/// </summary>
internal sealed class SessionView<TKey, T>(DocumentTable<T> table, KeyWriter<TKey> write)
    where TKey : notnull
    where T : class
{
    private readonly Dictionary<TKey, T?> _known = [];
    private readonly HashSet<TKey> _written = [];

    /// <summary>Reads in one call what will be asked for.</summary>
    public void Read(IEnumerable<TKey> keys)
    {
        List<TKey> unknown = [.. keys.Where(key => !_known.ContainsKey(key)).Distinct()];
        var found = table.FindAll(unknown, write);
        for (var i = 0; i < found.Length; i++)
        {
            _known[unknown[i]] = found[i];
        }
    }

    /// <returns>The document, expired or not; null: there is none.</returns>
    public T? Find(TKey key)
    {
        if (!_known.TryGetValue(key, out var document))
        {
            Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
            _known[key] = document = table.Find(write(buffer, key));
        }

        return document;
    }

    /// <returns>What was read and lives, or was written, whenever it ends; null: neither.</returns>
    public T? FindLive(TKey key, DateTimeOffset now) => Find(key) is { } document && (_written.Contains(key) || table.IsLive(document, now)) ? document : null;

    public void Put(WriteSession session, TKey key, T document)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        table.Put(session, write(buffer, key), document, replaced: Find(key));
        _known[key] = document;
        _written.Add(key);
    }
}
