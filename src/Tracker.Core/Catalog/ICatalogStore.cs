using Tracker.Core.Model;

namespace Tracker.Core.Catalog;

/// <summary>Reference data without a person: products, stores, campaigns.</summary>
public interface ICatalogStore
{
    /// <summary>Stores or replaces; durable on return.</summary>
    Task UpsertAsync(IReadOnlyList<CatalogEntry> entries, CancellationToken cancellation);

    /// <returns>For each id, in order, the entry; null where it is unknown or has expired.</returns>
    Task<IReadOnlyList<CatalogEntry?>> FindAsync(TenantId tenant, CatalogKind kind, IReadOnlyList<string> ids, CancellationToken cancellation);
}
