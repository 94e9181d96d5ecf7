namespace Tracker.Core.Catalog;

public sealed record ProductDetails
{
    public string? Gtin { get; init; }

    public string? Brand { get; init; }

    /// <summary>A free account or service that is part of a paid model and so counts as a sale (C6, CJEU C-654/23).</summary>
    public bool HasIndirectRemuneration { get; init; }
}
