using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tracker.Server.Import.Mappings;

/// <summary>Reads and checks a mapping as a whole.</summary>
internal static partial class MappingReader
{
    private static readonly JsonDocumentOptions Strict = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        AllowDuplicateProperties = false,
    };

    /// <exception cref="MappingException">Lists every error by JSON path.</exception>
    public static ImportMapping Read(string json)
    {
        var errors = new List<string>();
        using var document = Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new MappingException(["$: must be an object"]);
        }

        var mapping = ReadMapping(new MappingNode(document.RootElement, "$", errors));
        return errors.Count == 0 ? mapping : throw new MappingException(errors);
    }

    private static JsonDocument Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json, Strict);
        }
        catch (JsonException problem)
        {
            throw new MappingException([$"$: is not JSON: {problem.Message}"]);
        }
    }

    private static ImportMapping ReadMapping(MappingNode node)
    {
        node.OptionalText("about", "");
        var names = node.Texts("columns");
        var declared = new ColumnSet(names);
        var columns = new ColumnReader(declared);
        var rules = new RuleReader(columns);
        var groupBy = columns.Required(node, "group_by");

        var mapping = new ImportMapping(
            ReadName(node),
            node.Object("csv", ReadCsv, required: false, Comma),
            declared.All,
            groupBy,
            ReadMessageId(node, columns, groupBy),
            node.Object("occurred_at", time => ReadOccurredAt(time, columns), required: true, otherwise: null!),
            node.OneOf("channel", MappingWords.Channels),
            node.Objects("skip", rules.ReadSkip, required: false),
            rules.ReadTypes(node),
            node.Objects("identifiers", rules.ReadIdentifier, required: false),
            node.Object("document", fields => ReadDocument(fields, columns), required: false, new DocumentFields(null, null, null, null)),
            node.Object("lines", lines => ReadLines(lines, columns), required: true, otherwise: null!),
            ReadCurrency(node),
            node.Object("rounding", ReadRounding, required: true, otherwise: null!),
            node.OneOf("total", MappingWords.Totals),
            node.OneOf("shift", MappingWords.Shifts));

        ReportColumns(node, names, declared);
        node.Close();
        return mapping;
    }

    private static CsvShape Comma { get; } = new(",", new NumberFormat('.'));

    private static void ReportColumns(MappingNode node, IReadOnlyList<string> names, ColumnSet declared)
    {
        foreach (var name in names.GroupBy(name => name, StringComparer.Ordinal).Where(same => same.Skip(1).Any()))
        {
            node.Report("columns", $"column '{name.Key}' is listed twice");
        }

        foreach (var name in declared.Unused)
        {
            node.Report("columns", $"column '{name}' is used by no rule and must not be read");
        }
    }

    private static string ReadName(MappingNode node)
    {
        var name = node.Text("name");
        if (name.Length > 0 && !NamePattern().IsMatch(name))
        {
            node.Report("name", "must be 1 to 64 lower-case letters, digits, '-' and '.'");
        }

        return name;
    }

    private static CsvShape ReadCsv(MappingNode node)
    {
        var delimiter = node.OptionalText("delimiter", ",");
        var decimals = node.OptionalText("decimal_separator", ".");
        if (delimiter.Length != 1)
        {
            node.Report("delimiter", "must be one character");
        }

        if (decimals is not ("." or ","))
        {
            node.Report("decimal_separator", "must be '.' or ','");
        }

        return new CsvShape(delimiter, new NumberFormat(decimals is "," ? ',' : '.'));
    }

    private static MessageIdTemplate ReadMessageId(MappingNode node, ColumnReader columns, Column groupBy)
    {
        var text = node.Text("message_id");
        var named = MessageIdTemplate.ColumnNames(text).ToList();
        if (text.Length > 0 && groupBy.Name is { } key && !named.Contains(key))
        {
            node.Report("message_id", $"must contain {{{key}}}, or two groups would have one id");
        }

        var resolved = named.Select(name => columns.Resolve(node, "message_id", name)).OfType<Column>();
        return new MessageIdTemplate(text, resolved.ToDictionary(column => column.Name, StringComparer.Ordinal));
    }

    private static OccurredAtRule ReadOccurredAt(MappingNode node, ColumnReader columns)
    {
        var column = columns.Required(node, "column");
        var formats = node.Texts("formats");
        var zone = node.Text("time_zone");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var timeZone) && zone.Length > 0)
        {
            node.Report("time_zone", $"'{zone}' is not an IANA time zone");
        }

        return new OccurredAtRule(column, [.. formats], timeZone ?? TimeZoneInfo.Utc);
    }

    private static DocumentFields ReadDocument(MappingNode node, ColumnReader columns) => new(
        columns.Optional(node, "order_id"),
        columns.Optional(node, "document_number"),
        columns.Optional(node, "store_id"),
        columns.Optional(node, "receipt_number"));

    private static LineFields ReadLines(MappingNode node, ColumnReader columns) => new(
        columns.Optional(node, "product_id"),
        columns.Optional(node, "name"),
        columns.Optional(node, "quantity"),
        columns.Optional(node, "unit_price"),
        node.Object("amount", amount => ReadAmount(amount, columns), required: true, []));

    private static IReadOnlyList<Column> ReadAmount(MappingNode node, ColumnReader columns)
    {
        if (node.Has("column") == node.Has("product_of"))
        {
            node.Report("column", "needs either this or product_of");
            return [];
        }

        if (columns.Optional(node, "column") is { } single)
        {
            return [single];
        }

        var factors = node.Has("product_of") ? node.Texts("product_of") : [];
        if (factors.Count is not (0 or 2))
        {
            node.Report("product_of", "must name two columns");
        }

        return [.. factors.Select(name => columns.Resolve(node, "product_of", name)).OfType<Column>()];
    }

    private static string ReadCurrency(MappingNode node)
    {
        var currency = node.Text("currency");
        if (currency.Length > 0 && !CurrencyPattern().IsMatch(currency))
        {
            node.Report("currency", "must be three capital letters of ISO 4217");
        }

        return currency;
    }

    private static Rounding ReadRounding(MappingNode node) => new(
        node.WholeNumber("decimals", least: 0, most: 9),
        node.OneOf("mode", MappingWords.Roundings));

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{0,63}$")]
    private static partial Regex NamePattern();

    [GeneratedRegex("^[A-Z]{3}$")]
    private static partial Regex CurrencyPattern();
}
