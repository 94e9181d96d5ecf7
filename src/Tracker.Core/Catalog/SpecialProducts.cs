using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Catalog;

/// <summary>What the catalogue says now of the products that some content names.</summary>
public static class SpecialProducts
{
    /// <returns>Those that reveal something, by their number; the catalogue is not asked where none is named.</returns>
    public static async Task<IReadOnlyDictionary<string, SpecialCategory>> FindSpecialAsync(
        this ICatalogStore catalog,
        TenantId tenant,
        IEnumerable<InteractionContent> contents,
        CancellationToken cancellation)
    {
        List<string> products = [.. contents
            .SelectMany(content => content.Commerce?.Lines ?? [])
            .Select(line => line.ProductId)
            .OfType<string>()
            .Distinct()];
        var entries = products.Count == 0 ? [] : await catalog.FindAsync(tenant, CatalogKind.Product, products, cancellation);
        return entries
            .OfType<CatalogEntry>()
            .Where(entry => entry.SpecialCategory != SpecialCategory.None)
            .ToDictionary(entry => entry.Id, entry => entry.SpecialCategory);
    }
}
