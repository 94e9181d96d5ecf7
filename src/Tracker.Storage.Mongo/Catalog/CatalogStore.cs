using MongoDB.Bson;
using Tracker.Core.Catalog;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Catalog;

internal sealed class CatalogStore(StoreTables tables) : ICatalogStore
{
    private static readonly BsonDocument ById = new("_id", 1);

    public Task UpsertAsync(IReadOnlyList<CatalogEntry> entries, CancellationToken cancellation) => tables.Engine.WriteAsync(
        (session, token) =>
        {
            foreach (var (id, entry) in LastOfEach(entries))
            {
                tables.Catalog.Put(session, id, entry);
            }

            return Task.FromResult(true);
        },
        cancellation);

    public Task<IReadOnlyList<CatalogEntry?>> FindAsync(TenantId tenant, CatalogKind kind, IReadOnlyList<string> ids, CancellationToken cancellation) =>
        tables.Engine.ReadAsync<IReadOnlyList<CatalogEntry?>>(async token =>
        {
            BsonValue[] keys = [.. ids.Select(id => DocumentId.OfCatalog(tenant, kind, id))];
            var found = await tables.Catalog.FindLiveAsync(session: null, keys.ToHashSet(), token);
            return [.. keys.Select(found.GetValueOrDefault)];
        }, cancellation);

    public Task<IReadOnlyList<CatalogEntry>> ListAsync(TenantId tenant, CatalogKind kind, string? after, int limit, CancellationToken cancellation) =>
        tables.Engine.ReadAsync<IReadOnlyList<CatalogEntry>>(async token =>
        {
            var filter = DocumentId.Within(DocumentId.OfCatalog(tenant, kind), after is null ? null : DocumentId.OfCatalog(tenant, kind, after));
            filter.AddRange(StoredEnd.Living(tables.Engine.Now));
            return await tables.Catalog.ListAsync(session: null, filter, ById, limit, token);
        }, cancellation);

    private static Dictionary<string, CatalogEntry> LastOfEach(IReadOnlyList<CatalogEntry> entries)
    {
        var last = new Dictionary<string, CatalogEntry>(entries.Count);
        foreach (var entry in entries)
        {
            last[DocumentId.OfCatalog(entry.Tenant, entry.Kind, entry.Id)] = entry;
        }

        return last;
    }
}
