using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tracker.Bench.Ratios;

/// <summary>The rows for a program and for a page.</summary>
internal static class RatioReport
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Json(IEnumerable<Ratio> ratios) => JsonSerializer.Serialize(
        new
        {
            Ratios = ratios.Select(ratio => new
            {
                ratio.Name,
                Value = Math.Round(ratio.Value, 3),
                ratio.Bar,
                BarIsAtMost = ratio.IsAtMost,
                ratio.Holds,
                Pairs = ratio.Pairs.Select(pair => new { Tracker = Math.Round(pair.Tracker, 1), Other = Math.Round(pair.Other, 1), Ratio = Math.Round(pair.Ratio, 3) }),
            }),
        },
        Format);

    public static string Markdown(IEnumerable<Ratio> ratios)
    {
        var table = new StringBuilder("| What | Bar | Median (least to most) | Holds | Tracker, the other (medians) |\n| --- | --- | --- | --- | --- |\n");
        foreach (var ratio in ratios)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"| {ratio.Name} | {(ratio.IsAtMost ? "at most" : "at least")} {ratio.Bar:0.##} | {ratio.Value:0.##} ({ratio.Least:0.##} to {ratio.Most:0.##}) | {(ratio.Holds ? "yes" : "**no**")} | {Median(ratio, pair => pair.Tracker):N0}, {Median(ratio, pair => pair.Other):N0} |");
        }

        return table.ToString();
    }

    private static double Median(Ratio ratio, Func<Pair, double> of) => ratio.Pairs.Select(of).Order().ElementAt(ratio.Pairs.Count / 2);
}
