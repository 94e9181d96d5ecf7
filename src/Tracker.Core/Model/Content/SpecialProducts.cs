namespace Tracker.Core.Model.Content;

/// <summary>Products that reveal something (E35), by their number and by their trade item number.</summary>
public sealed class SpecialProducts(IReadOnlyDictionary<string, SpecialCategory> byId, IReadOnlyDictionary<string, SpecialCategory> byTradeItem)
{
    public static readonly SpecialProducts None = new(new Dictionary<string, SpecialCategory>(), new Dictionary<string, SpecialCategory>());

    public bool IsEmpty => byId.Count + byTradeItem.Count == 0;

    /// <summary>What a line reveals, by whichever number it names.</summary>
    public SpecialCategory CategoryOf(CommerceLine line) =>
        line.ProductId is { } product && byId.TryGetValue(product, out var category) ? category
        : line.Gtin is { } gtin && byTradeItem.TryGetValue(TradeItem.Normalise(gtin), out category) ? category
        : SpecialCategory.None;
}
