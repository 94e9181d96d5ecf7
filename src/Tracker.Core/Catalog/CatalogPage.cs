namespace Tracker.Core.Catalog;

public sealed record CatalogPage(IReadOnlyList<CatalogEntry> Entries, string NextPageToken);
