using System.Text.RegularExpressions;

namespace Tracker.Core.Tests.Architecture;

/// <summary>Which test shows which requirement: read from the traits of the tests, and from the page that lists them.</summary>
internal static partial class ComplianceCoverage
{
    private const string PageName = "compliance-coverage.md";

    /// <summary>Every requirement and edge case that the page must have a row for.</summary>
    public static IReadOnlyList<string> Required { get; } =
    [
        .. Range("R", 3, 1, 14), .. Range("R", 3, 20, 29), .. Range("R", 3, 30, 47), .. Range("R", 3, 150, 162), .. Range("E", 2, 1, 47),
    ];

    private static string PagePath => Path.Combine(SourceTree.Root, "docs", PageName);

    /// <summary>Names of the tests that bear a requirement's id, as "Class.Method".</summary>
    public static ILookup<string, string> ReadTests() => SourceTree.Files("tests", "*.cs")
        .SelectMany(ReadFile)
        .Distinct()
        .ToLookup(pair => pair.Id, pair => pair.Test, StringComparer.Ordinal);

    public static IReadOnlyList<ComplianceRow> ReadPage() => [.. File.ReadLines(PagePath)
        .Select(line => RowPattern().Match(line))
        .Where(match => match.Success)
        .Select(match => new ComplianceRow(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value.Trim()))];

    /// <summary>Rewrites the last column from the tests, and leaves alone what names a later part.</summary>
    public static void WritePage(ILookup<string, string> tests) => File.WriteAllLines(PagePath, [.. File.ReadAllLines(PagePath).Select(line =>
        RowPattern().Match(line) is { Success: true } row && tests.Contains(row.Groups[1].Value)
            ? $"| {row.Groups[1].Value} | {row.Groups[2].Value} | {Shown(tests[row.Groups[1].Value], row.Groups[3].Value)} |"
            : line)]);

    public static string Shown(IEnumerable<string> tests, string column)
    {
        var rest = column.IndexOf("Part ", StringComparison.Ordinal) is var at and >= 0 ? $"; {column[at..].Trim()}" : "";
        return $"{string.Join(", ", tests.Order(StringComparer.Ordinal).Select(test => $"`{test}`"))}{rest}";
    }

    private static IEnumerable<(string Id, string Test)> ReadFile(string file)
    {
        List<string> ids = [];
        var type = Path.GetFileNameWithoutExtension(file);
        foreach (var line in File.ReadLines(file))
        {
            ids.AddRange(TraitPattern().Matches(line).Select(match => match.Groups[1].Value));
            if (ids.Count > 0 && MethodPattern().Match(line) is { Success: true } method)
            {
                foreach (var id in ids)
                {
                    yield return (id, $"{type}.{method.Groups[1].Value}");
                }

                ids.Clear();
            }
        }
    }

    private static IEnumerable<string> Range(string letter, int digits, int first, int last) =>
        Enumerable.Range(first, last - first + 1).Select(number => letter == "R" ? $"R-{number.ToString($"D{digits}", null)}" : $"E{number.ToString($"D{digits}", null)}");

    [GeneratedRegex("""Trait\("Compliance", "([RE]-?\d+)"\)""")]
    private static partial Regex TraitPattern();

    [GeneratedRegex(@"^\s+public (?:async )?(?:void|Task|ValueTask) (\w+)\(")]
    private static partial Regex MethodPattern();

    [GeneratedRegex(@"^\| ([RE]-?\d+) \| ([^|]*) \|([^|]*)\|$")]
    private static partial Regex RowPattern();
}
