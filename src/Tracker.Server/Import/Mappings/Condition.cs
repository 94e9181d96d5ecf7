using Tracker.Server.Import.Rows;

namespace Tracker.Server.Import.Mappings;

/// <summary>One test of a group: of its first line, or of all of them.</summary>
/// <param name="Operand">What is compared with; "true" or "false" for Empty.</param>
/// <param name="Number">The operand where it is a number, so that 0 equals 0.00.</param>
internal sealed record Condition(Column Column, ConditionOperator Operator, string Operand, decimal? Number)
{
    public bool Holds(IReadOnlyList<ImportRow> lines, NumberFormat numbers)
    {
        var first = lines[0][Column] ?? "";

        return Operator switch
        {
            ConditionOperator.StartsWith => first.StartsWith(Operand, StringComparison.Ordinal),
            ConditionOperator.Equals => IsEqual(first, numbers),
            ConditionOperator.Empty => first.Length == 0 == (Operand == "true"),
            ConditionOperator.AllLinesEqual => lines.All(line => IsEqual(line[Column], numbers)),
            _ => throw new InvalidOperationException($"Unknown operator {Operator}."),
        };
    }

    private bool IsEqual(string? value, NumberFormat numbers) =>
        Number is { } expected
            ? numbers.TryRead(value, out var number) && number == expected
            : string.Equals(value, Operand, StringComparison.Ordinal);
}
