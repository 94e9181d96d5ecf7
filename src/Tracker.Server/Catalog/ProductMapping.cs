using Tracker.Core.Catalog;
using Tracker.Core.Model;
using Tracker.Server.Ingestion;
using Tracker.Server.Model;
using Tracker.Server.Model.Content;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Catalog;

internal static class ProductMapping
{
    public static IReadOnlyList<CatalogDraft> ToCore(this Wire.UpsertProductsRequest request)
    {
        BatchRules.Check(request.Products.Count, "products");
        return [.. request.Products.Select(ToCore)];
    }

    public static Wire.CatalogProduct ToProduct(this CatalogEntry entry) => new()
    {
        ProductId = entry.Id,
        Name = entry.Name,
        Category = entry.Category,
        Gtin = (entry.Product?.Gtin).OrEmpty(),
        Brand = (entry.Product?.Brand).OrEmpty(),
        SpecialCategory = (Wire.SpecialCategory)entry.SpecialCategory,
        IndirectRemuneration = entry.Product?.HasIndirectRemuneration ?? false,
        Attributes = { entry.Attributes.ToWire() },
        UpdatedAt = entry.UpdatedAt.ToWire(),
        ExpireAt = entry.ExpireAt.ToWire(),
    };

    private static CatalogDraft ToCore(Wire.CatalogProduct wire)
    {
        var violations = new List<Violation>();
        var item = new Place(violations);
        return new CatalogDraft
        {
            Kind = CatalogKind.Product,
            Id = wire.ProductId,
            Name = wire.Name,
            Category = wire.Category,
            SpecialCategory = CoreEnum.Of<SpecialCategory>((int)wire.SpecialCategory, item, "special_category"),
            Product = new() { Gtin = wire.Gtin.OrNull(), Brand = wire.Brand.OrNull(), HasIndirectRemuneration = wire.IndirectRemuneration },
            Attributes = wire.Attributes.ToCore(item, "attributes") ?? [],
            Violations = violations,
        };
    }
}
