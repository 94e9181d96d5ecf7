using System.Collections.Frozen;

namespace Tracker.Server.Model;

/// <summary>The stable code of an enum member, in upper snake case: NoLegalBasis is NO_LEGAL_BASIS.</summary>
internal static class WireName<TEnum>
    where TEnum : struct, Enum
{
    private static readonly FrozenDictionary<TEnum, string> Names =
        Enum.GetValues<TEnum>().ToFrozenDictionary(member => member, member => Snake(member.ToString()));

    private static readonly FrozenDictionary<string, TEnum> Members =
        Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    private static readonly string Prefix = $"{Snake(typeof(TEnum).Name)}_";

    public static string Of(TEnum member) => Names.GetValueOrDefault(member, "");

    /// <summary>With or without the name of the enum in front: "PURPOSE_PROFILING" and "PROFILING".</summary>
    public static bool TryParse(string text, out TEnum member) =>
        Members.TryGetValue(text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text, out member);

    public static string All => string.Join(", ", Members.Keys.Order(StringComparer.Ordinal));

    private static string Snake(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));
}
