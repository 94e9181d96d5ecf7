namespace Tracker.Bench.Ratios;

/// <summary>A row of the table: the median of some pairs, and the bar it has to hold.</summary>
/// <param name="Place">In the published table.</param>
/// <param name="Bar">At least that much, or at most where less is better.</param>
internal sealed record Ratio(int Place, string Name, double Bar, bool IsAtMost, IReadOnlyList<Pair> Pairs)
{
    /// <summary>Pairs that do not count: a young process compiles itself while it is measured, and a method that is called seldom late.</summary>
    public const int WarmUps = 3;

    public double Value => Pairs.Select(pair => pair.Ratio).Order().ElementAt(Pairs.Count / 2);

    public double Least => Pairs.Min(pair => pair.Ratio);

    public double Most => Pairs.Max(pair => pair.Ratio);

    public bool Holds => IsAtMost ? Value <= Bar : Value >= Bar;

    /// <summary>A B A B, after some pairs that warm up.</summary>
    public static async Task<Ratio> OfRatesAsync(int place, string name, double bar, int pairs, Func<Task<double>> tracker, Func<Task<double>> other)
    {
        List<Pair> measured = [];
        for (var pair = 0; pair < WarmUps + pairs; pair++)
        {
            var (ours, theirs) = (await tracker(), await other());
            measured.Add(new(ours, theirs, ours / theirs));
        }

        return new(place, name, bar, IsAtMost: false, measured[WarmUps..]);
    }
}
