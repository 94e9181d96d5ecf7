namespace Tracker.Server.Tests.Import.Synthetic;

internal sealed record SyntheticProduct(string StockCode, string Description, int Pence)
{
    private static readonly string[] Colours = ["RED", "BLUE", "IVORY", "GREEN", "SILVER", "PINK"];
    private static readonly string[] Things = ["MUG", "LANTERN", "TEA TOWEL", "CUSHION", "CANDLE", "NOTEBOOK", "BOWL", "GARLAND", "UMBRELLA", "CLOCK"];

    public static IReadOnlyList<SyntheticProduct> Shelf(SplitMix64 random) =>
    [
        .. Enumerable.Range(0, Colours.Length * Things.Length).Select(number => Make(number, random)),
    ];

    private static SyntheticProduct Make(int number, SplitMix64 random)
    {
        var set = random.Chance(20) ? $", SET OF {random.Between(2, 6)}" : "";
        var description = $"{Colours[number % Colours.Length]} {Things[number / Colours.Length]}{set}";
        return new SyntheticProduct($"S{10_000 + (number * 7)}", description, random.Between(19, 1_995));
    }
}
