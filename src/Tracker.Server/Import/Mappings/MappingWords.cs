using Google.Protobuf.Reflection;
using Tracker.Contracts.V1;

namespace Tracker.Server.Import.Mappings;

/// <summary>The closed sets of words in a mapping; those of the contract are taken from the contract.</summary>
internal static class MappingWords
{
    public static readonly IReadOnlyDictionary<string, Channel> Channels =
        OfContract("Channel", "CHANNEL_", number => (Channel)number);

    public static readonly IReadOnlyDictionary<string, IdentifierKind> IdentifierKinds =
        OfContract("IdentifierKind", "IDENTIFIER_KIND_", number => (IdentifierKind)number);

    public static readonly IReadOnlyDictionary<string, ShiftMode> Shifts = new Dictionary<string, ShiftMode>
    {
        ["none"] = ShiftMode.None,
        ["whole-weeks"] = ShiftMode.WholeWeeks,
    };

    public static readonly IReadOnlyDictionary<string, MidpointRounding> Roundings = new Dictionary<string, MidpointRounding>
    {
        ["half-even"] = MidpointRounding.ToEven,
        ["half-away-from-zero"] = MidpointRounding.AwayFromZero,
    };

    public static readonly IReadOnlyDictionary<string, bool> Totals = new Dictionary<string, bool>
    {
        ["sum-of-amounts"] = true,
        ["none"] = false,
    };

    public static readonly IReadOnlyDictionary<string, ConditionOperator> Operators = new Dictionary<string, ConditionOperator>
    {
        ["starts_with"] = ConditionOperator.StartsWith,
        ["equals"] = ConditionOperator.Equals,
        ["empty"] = ConditionOperator.Empty,
        ["all_lines_equal"] = ConditionOperator.AllLinesEqual,
    };

    private static Dictionary<string, T> OfContract<T>(string name, string prefix, Func<int, T> convert) =>
        VocabularyReflection.Descriptor.FindTypeByName<EnumDescriptor>(name).Values
            .Where(value => value.Number != 0)
            .ToDictionary(value => value.Name[prefix.Length..], value => convert(value.Number), StringComparer.Ordinal);
}
