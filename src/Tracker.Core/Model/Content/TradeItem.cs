namespace Tracker.Core.Model.Content;

/// <summary>The number of a trade item (GTIN-8, -12, -13 or -14, GS1 General Specifications).</summary>
public static class TradeItem
{
    private const int Digits = 14;

    /// <summary>A shorter number and the same with zeros in front name one item.</summary>
    public static string Normalise(string gtin) => gtin.PadLeft(Digits, '0');
}
