using Tracker.Core.Catalog;
using Tracker.Core.Model;
using Tracker.Server.Ingestion;
using Tracker.Server.Model;
using Tracker.Server.Model.Content;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Catalog;

internal static class StoreMapping
{
    public static IReadOnlyList<CatalogDraft> ToCore(this Wire.UpsertStoresRequest request)
    {
        BatchRules.Check(request.Stores.Count, "stores");
        return [.. request.Stores.Select(ToCore)];
    }

    public static Wire.CatalogStore ToStore(this CatalogEntry entry) => new()
    {
        StoreId = entry.Id,
        Name = entry.Name,
        Region = (entry.Store?.Region).OrEmpty(),
        CountryCode = (entry.Store?.Country).OrEmpty(),
        OpenedAt = (entry.Store?.OpenedAt).ToWire(),
        ClosedAt = (entry.Store?.ClosedAt).ToWire(),
        Attributes = { entry.Attributes.ToWire() },
        UpdatedAt = entry.UpdatedAt.ToWire(),
        ExpireAt = entry.ExpireAt.ToWire(),
    };

    private static CatalogDraft ToCore(Wire.CatalogStore wire)
    {
        var violations = new List<Violation>();
        var item = new Place(violations);
        return new CatalogDraft
        {
            Kind = CatalogKind.Store,
            Id = wire.StoreId,
            Name = wire.Name,
            Store = new()
            {
                Region = wire.Region.OrNull(),
                Country = wire.CountryCode.OrNull(),
                OpenedAt = wire.OpenedAt.ToCore(item, "opened_at"),
                ClosedAt = wire.ClosedAt.ToCore(item, "closed_at"),
            },
            Attributes = wire.Attributes.ToCore(item, "attributes") ?? [],
            Violations = violations,
        };
    }
}
