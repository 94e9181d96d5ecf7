using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Catalog;

/// <summary>
/// Keeps beside the products what their trade item numbers reveal: a till names what it has scanned, not what the shop calls it.
/// Only numbers of which some product has ever said something have an entry. It has what each product says of it, so that none takes
/// back what another says, and it ends as the product that spoke last.
/// </summary>
internal static class TradeItems
{
    /// <returns>The entries with those of the trade item numbers that they change.</returns>
    public static async Task<IReadOnlyList<CatalogEntry>> WithTradeItemsAsync(this ICatalogStore store, IReadOnlyList<CatalogEntry> entries, CancellationToken cancellation)
    {
        List<CatalogEntry> products = [.. entries.Where(entry => entry.Kind == CatalogKind.Product)];
        if (products.Count == 0)
        {
            return entries;
        }

        var tenant = products[0].Tenant;
        List<string> ids = [.. products.Select(product => product.Id).Distinct()];
        var before = (await store.FindAsync(tenant, CatalogKind.Product, ids, cancellation)).OfType<CatalogEntry>().ToDictionary(product => product.Id);
        List<string> numbers = [.. products.Concat(before.Values).Select(NumberOf).OfType<string>().Distinct()];
        var items = (await store.FindAsync(tenant, CatalogKind.TradeItem, numbers, cancellation)).OfType<CatalogEntry>().ToDictionary(item => item.Id);
        var changed = new Dictionary<string, CatalogEntry>();
        foreach (var product in products)
        {
            if (before.GetValueOrDefault(product.Id) is { } earlier && NumberOf(earlier) is { } left && left != NumberOf(product))
            {
                Say(left, product with { SpecialCategory = SpecialCategory.None });
            }

            if (NumberOf(product) is { } number)
            {
                Say(number, product);
            }

            before[product.Id] = product;
        }

        return [.. entries, .. changed.Values];

        void Say(string number, CatalogEntry product)
        {
            var known = items.GetValueOrDefault(number);
            List<Property> said = [.. (known?.Attributes ?? []).Where(said => said.Key != product.Id)];
            if (product.SpecialCategory != SpecialCategory.None)
            {
                said.Add(new() { Key = product.Id, Text = EnumNames<SpecialCategory>.Of(product.SpecialCategory) });
            }

            if (known is null && said.Count == 0)
            {
                return;
            }

            items[number] = changed[number] = new()
            {
                Tenant = tenant,
                Kind = CatalogKind.TradeItem,
                Id = number,
                Name = number,
                SpecialCategory = Strictest(said),
                Attributes = said,
                UpdatedAt = product.UpdatedAt,
                ExpireAt = product.ExpireAt,
            };
        }
    }

    /// <summary>An offence before all else (GDPR Art. 10); of several of Art. 9 the one that was said first.</summary>
    private static SpecialCategory Strictest(IReadOnlyList<Property> said)
    {
        List<SpecialCategory> categories = [.. said.Select(one => EnumNames<SpecialCategory>.TryParse(one.Text, out var category) ? category : SpecialCategory.None)];
        return categories.Contains(SpecialCategory.CriminalOffence) ? SpecialCategory.CriminalOffence : categories.FirstOrDefault();
    }

    private static string? NumberOf(CatalogEntry product) => product.Product?.Gtin is { } gtin ? TradeItem.Normalise(gtin) : null;
}
