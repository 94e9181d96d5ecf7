using System.Globalization;
using System.Text.Json;

namespace Tracker.Server.Import.Mappings;

internal sealed class ConditionReader(ColumnReader columns)
{
    public Condition Read(MappingNode node)
    {
        var column = columns.Required(node, "column");
        var operators = MappingWords.Operators.Where(word => node.Has(word.Key)).ToList();
        if (operators.Count != 1)
        {
            node.Report("column", $"needs exactly one of {string.Join(", ", MappingWords.Operators.Keys)} beside it");
            return new Condition(column, ConditionOperator.Empty, "true", Number: null);
        }

        var (word, kind) = operators[0];
        return ReadOperand(node, word, kind, column);
    }

    private static Condition ReadOperand(MappingNode node, string word, ConditionOperator kind, Column column)
    {
        var value = node.Find(word, required: true) ?? default;
        var isAllowed = (kind, value.ValueKind) switch
        {
            (ConditionOperator.Empty, JsonValueKind.True or JsonValueKind.False) => true,
            (ConditionOperator.StartsWith, JsonValueKind.String) => value.GetString()!.Length > 0,
            (ConditionOperator.Equals or ConditionOperator.AllLinesEqual, JsonValueKind.String) => true,
            (ConditionOperator.Equals or ConditionOperator.AllLinesEqual, JsonValueKind.Number) => value.TryGetDecimal(out _),
            _ => false,
        };
        if (!isAllowed)
        {
            node.Report(word, kind == ConditionOperator.Empty ? "must be true or false" : "must be a text or, for equality, a number");
            return new Condition(column, kind, "true", Number: null);
        }

        decimal? number = value.ValueKind == JsonValueKind.Number ? value.GetDecimal() : null;
        return new Condition(column, kind, Operand(value), number);
    }

    private static string Operand(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetDecimal().ToString(CultureInfo.InvariantCulture),
        JsonValueKind.True => "true",
        _ => "false",
    };
}
