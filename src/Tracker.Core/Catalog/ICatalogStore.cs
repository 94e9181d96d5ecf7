using Tracker.Core.Model;

namespace Tracker.Core.Catalog;

/// <summary>Reference data without a person: products, stores, campaigns.</summary>
public interface ICatalogStore
{
    /// <summary>Stores or replaces whole, all or none of the call; of two with one id the later counts. Durable on return.</summary>
    Task UpsertAsync(IReadOnlyList<CatalogEntry> entries, CancellationToken cancellation);

    /// <returns>For each id, in order, the entry; null where it is unknown or has expired.</returns>
    Task<IReadOnlyList<CatalogEntry?>> FindAsync(TenantId tenant, CatalogKind kind, IReadOnlyList<string> ids, CancellationToken cancellation);

    /// <param name="after">The id after which to go on; null: from the first.</param>
    /// <returns>Up to <paramref name="limit"/> live entries in the order of their ids' UTF-8 bytes.</returns>
    Task<IReadOnlyList<CatalogEntry>> ListAsync(TenantId tenant, CatalogKind kind, string? after, int limit, CancellationToken cancellation);
}
