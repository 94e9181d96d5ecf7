namespace Tracker.Core.Model.Content;

public sealed record CommerceLine
{
    public string? ProductId { get; init; }

    public string? Name { get; init; }

    public decimal Quantity { get; init; }

    public Money? UnitPrice { get; init; }

    public Money? Amount { get; init; }

    public Money? Discount { get; init; }

    public string? Gtin { get; init; }

    public IReadOnlyList<Property>? Attributes { get; init; }
}
