using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Catalog;

/// <summary>An entry as a caller sent it; the details of its kind are set.</summary>
public sealed record CatalogDraft
{
    public required CatalogKind Kind { get; init; }

    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public string Category { get; init; } = "";

    public SpecialCategory SpecialCategory { get; init; }

    public ProductDetails? Product { get; init; }

    public StoreDetails? Store { get; init; }

    public CampaignDetails? Campaign { get; init; }

    public IReadOnlyList<Property> Attributes { get; init; } = [];

    /// <summary>What the door could not even convert.</summary>
    public IReadOnlyList<Violation> Violations { get; init; } = [];
}
