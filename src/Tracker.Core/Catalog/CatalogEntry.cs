using Tracker.Core.Model;

namespace Tracker.Core.Catalog;

/// <summary>One product, store or campaign of a tenant.</summary>
public sealed record CatalogEntry
{
    public required TenantId Tenant { get; init; }

    public required CatalogKind Kind { get; init; }

    /// <summary>Id as interactions name it, 1 to 64 characters.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Path of categories as the retailer names them, such as "apparel/shoes"; empty: none.</summary>
    public string Category { get; init; } = "";

    /// <summary>Products only: what a purchase of it reveals (E35).</summary>
    public SpecialCategory SpecialCategory { get; init; }

    /// <summary>Further plain attributes, such as size, colour, region or cost; never anything of a person.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The outer cap from the last upsert.</summary>
    public required DateTimeOffset ExpireAt { get; init; }
}
