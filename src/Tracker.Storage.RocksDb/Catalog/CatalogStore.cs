using Tracker.Core.Catalog;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Catalog;

internal sealed class CatalogStore(StoreTables tables) : ICatalogStore
{
    public async Task UpsertAsync(IReadOnlyList<CatalogEntry> entries, CancellationToken cancellation)
    {
        using var session = await tables.Engine.BeginWriteAsync(cancellation);
        foreach (var entry in entries)
        {
            Put(session, entry);
        }

        session.Commit();
    }

    public Task<IReadOnlyList<CatalogEntry?>> FindAsync(TenantId tenant, CatalogKind kind, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        Span<byte> buffer = stackalloc byte[CatalogKey.MaxSize];
        var now = tables.Engine.Now;
        var found = new CatalogEntry?[ids.Count];
        for (var i = 0; i < found.Length; i++)
        {
            // No entry has a longer id, and the buffer has no room for one.
            found[i] = ids[i].Length > CatalogEntry.MaxIdLength ? null : tables.Catalog.FindLive(CatalogKey.Write(buffer, tenant, kind, ids[i]), now);
        }

        return Task.FromResult<IReadOnlyList<CatalogEntry?>>(found);
    }

    public Task<IReadOnlyList<CatalogEntry>> ListAsync(TenantId tenant, CatalogKind kind, string? after, int limit, CancellationToken cancellation)
    {
        Span<byte> buffer = stackalloc byte[CatalogKey.MaxSize];
        var now = tables.Engine.Now;
        var entries = new List<CatalogEntry>();
        using var range = tables.Catalog.Range(CatalogKey.WritePrefix(buffer, tenant, kind));
        if (after is not null)
        {
            SeekAfter(range, CatalogKey.Write(buffer, tenant, kind, after));
        }

        for (; range.IsAtKey && entries.Count < limit; range.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            var entry = tables.Catalog.Codec.Deserialize(range.Value);
            if (tables.Catalog.IsLive(entry, now))
            {
                entries.Add(entry);
            }
        }

        return Task.FromResult<IReadOnlyList<CatalogEntry>>(entries);
    }

    private static void SeekAfter(KeyRange range, ReadOnlySpan<byte> key)
    {
        range.Seek(key);
        if (range.IsAtKey && range.Key.SequenceEqual(key))
        {
            range.Next();
        }
    }

    private void Put(WriteSession session, CatalogEntry entry)
    {
        Span<byte> buffer = stackalloc byte[CatalogKey.MaxSize];
        var key = CatalogKey.Write(buffer, entry.Tenant, entry.Kind, entry.Id);
        tables.Catalog.Put(session, key, entry, tables.Catalog.Find(key));
    }
}
