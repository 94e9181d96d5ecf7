using System.Text.RegularExpressions;
using Tracker.Server.Import.Rows;

namespace Tracker.Server.Import.Mappings;

/// <summary>A text with columns in braces, such as "online-retail-{InvoiceNo}".</summary>
internal sealed partial class MessageIdTemplate(string text, IReadOnlyDictionary<string, Column> columns)
{
    public static IEnumerable<string> ColumnNames(string text) =>
        Placeholder().Matches(text).Select(match => match.Groups[1].Value).Distinct();

    public string Fill(ImportRow row) =>
        Placeholder().Replace(text, match => row[columns[match.Groups[1].Value]] ?? "");

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Placeholder();
}
