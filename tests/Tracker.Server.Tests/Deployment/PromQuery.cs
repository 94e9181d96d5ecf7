using System.Text.RegularExpressions;

namespace Tracker.Server.Tests.Deployment;

/// <summary>The names in a query of Prometheus.</summary>
internal static partial class PromQuery
{
    public static IEnumerable<string> MetricsIn(string query)
    {
        var bare = GroupingPattern().Replace(Selectors(query).Aggregate(query, (rest, selector) => rest.Replace(selector, " ", StringComparison.Ordinal)), " ");
        return NamePattern().Matches(OffsetPattern().Replace(RangePattern().Replace(bare, " "), " ")).Select(match => match.Value);
    }

    public static IEnumerable<string> LabelsIn(string query) =>
    [
        .. GroupingPattern().Matches(query).SelectMany(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries)),
        .. Selectors(query).SelectMany(selector => MatcherPattern().Matches(selector)).Select(match => match.Groups[1].Value),
    ];

    private static IEnumerable<string> Selectors(string query) => SelectorPattern().Matches(query).Select(match => match.Value);

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex SelectorPattern();

    [GeneratedRegex(@"(\w+)\s*(?:=~|!~|!=|=)")]
    private static partial Regex MatcherPattern();

    [GeneratedRegex(@"\bby\s*\(([^)]*)\)")]
    private static partial Regex GroupingPattern();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex RangePattern();

    [GeneratedRegex(@"\boffset\s+\w+")]
    private static partial Regex OffsetPattern();

    // Not the functions and aggregations, which an argument follows.
    [GeneratedRegex(@"\b[a-z_][a-z0-9_]*\b(?!\s*\()")]
    private static partial Regex NamePattern();
}
