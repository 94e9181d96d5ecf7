using System.Text.RegularExpressions;

namespace Tracker.Server.Import.Mappings;

internal sealed partial class RuleReader(ColumnReader columns)
{
    private readonly ConditionReader _conditions = new(columns);

    public SkipRule ReadSkip(MappingNode node) =>
        new(node.Text("reason"), node.Objects("when", _conditions.Read, required: true));

    public IReadOnlyList<TypeRule> ReadTypes(MappingNode node)
    {
        var rules = node.Objects("types", ReadType, required: true);

        for (var index = 0; index < rules.Count; index++)
        {
            var isLast = index == rules.Count - 1;
            if (isLast != (rules[index].When.Count == 0))
            {
                node.Report($"types[{index}].when", isLast ? "must be absent from the last type" : "is missing; only the last type has none");
            }
        }

        return rules;
    }

    public IdentifierRule ReadIdentifier(MappingNode node) => new(
        node.OneOf("kind", MappingWords.IdentifierKinds),
        columns.Required(node, "column"),
        node.OptionalText("strip_suffix", ""));

    private TypeRule ReadType(MappingNode node)
    {
        var type = node.Text("type");
        if (type.Length > 0 && !TypePattern().IsMatch(type))
        {
            node.Report("type", "must be a type of the catalogue, such as 'order.placed'");
        }

        return new TypeRule(type, node.Objects("when", _conditions.Read, required: false));
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")]
    private static partial Regex TypePattern();
}
