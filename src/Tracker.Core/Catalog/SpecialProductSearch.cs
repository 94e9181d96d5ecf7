using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Catalog;

/// <summary>What the catalogue says now of the products that some content names.</summary>
public static class SpecialProductSearch
{
    /// <returns>Those that reveal something; the catalogue is not asked where none is named.</returns>
    public static async Task<SpecialProducts> FindSpecialAsync(
        this ICatalogStore catalog,
        TenantId tenant,
        IEnumerable<InteractionContent> contents,
        CancellationToken cancellation)
    {
        List<CommerceLine> lines = [.. contents.SelectMany(content => content.Commerce?.Lines ?? [])];
        var byId = await FindAsync(catalog, tenant, CatalogKind.Product, lines.Select(line => line.ProductId), cancellation);
        var byTradeItem = await FindAsync(catalog, tenant, CatalogKind.TradeItem, lines.Select(line => line.Gtin).OfType<string>().Select(TradeItem.Normalise), cancellation);
        return byId.Count + byTradeItem.Count == 0 ? SpecialProducts.None : new SpecialProducts(byId, byTradeItem);
    }

    private static async Task<Dictionary<string, SpecialCategory>> FindAsync(
        ICatalogStore catalog,
        TenantId tenant,
        CatalogKind kind,
        IEnumerable<string?> named,
        CancellationToken cancellation)
    {
        List<string> ids = [.. named.OfType<string>().Distinct()];
        var entries = ids.Count == 0 ? [] : await catalog.FindAsync(tenant, kind, ids, cancellation);
        return entries
            .OfType<CatalogEntry>()
            .Where(entry => entry.SpecialCategory != SpecialCategory.None)
            .ToDictionary(entry => entry.Id, entry => entry.SpecialCategory);
    }
}
