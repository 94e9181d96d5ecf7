using Tracker.Core.Model;

namespace Tracker.Server.Security;

/// <summary>Names of the contract as people write them in settings: "PURPOSE_PROFILING" and "PROFILING".</summary>
internal static class SettingName<TEnum>
    where TEnum : struct, Enum
{
    private static readonly string Prefix = $"{NameOfEnum()}_";

    public static string All => string.Join(", ", Enum.GetValues<TEnum>().Where(member => !IsUnspecified(member)).Select(EnumNames<TEnum>.Of).Order(StringComparer.Ordinal));

    public static bool TryParse(string text, out TEnum member) =>
        EnumNames<TEnum>.TryParse(text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text, out member) && !IsUnspecified(member);

    private static bool IsUnspecified(TEnum member) => EqualityComparer<TEnum>.Default.Equals(member, default);

    private static string NameOfEnum() =>
        string.Concat(typeof(TEnum).Name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));
}
