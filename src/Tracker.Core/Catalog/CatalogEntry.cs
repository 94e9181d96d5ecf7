using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Catalog;

/// <summary>One product, store or campaign of a tenant; nothing of a person.</summary>
public sealed record CatalogEntry
{
    /// <summary>Most characters of an id, here and where an interaction names it.</summary>
    public const int MaxIdLength = 64;

    public required TenantId Tenant { get; init; }

    public required CatalogKind Kind { get; init; }

    /// <summary>Id exactly as interactions name it, 1 to 64 characters; case counts.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Products only: path of categories as the retailer names them, such as "apparel/shoes"; empty: none.</summary>
    public string Category { get; init; } = "";

    /// <summary>Products only: what a purchase of it reveals (E35).</summary>
    public SpecialCategory SpecialCategory { get; init; }

    /// <summary>Set for products and for nothing else.</summary>
    public ProductDetails? Product { get; init; }

    /// <summary>Set for stores and for nothing else.</summary>
    public StoreDetails? Store { get; init; }

    /// <summary>Set for campaigns and for nothing else.</summary>
    public CampaignDetails? Campaign { get; init; }

    /// <summary>Further attributes, such as size or floor space.</summary>
    public IReadOnlyList<Property> Attributes { get; init; } = [];

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The outer cap from the last upsert.</summary>
    public required DateTimeOffset ExpireAt { get; init; }
}
