using System.Collections.Frozen;
using System.Text;

namespace Tracker.Core.Model;

/// <summary>The written names of an enum: DirectMarketing is "DIRECT_MARKETING", as in the protos and policy documents.</summary>
public static class EnumNames<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Written =
        Enum.GetValues<T>().ToFrozenDictionary(value => value, value => UpperSnake(value.ToString()));

    private static readonly FrozenDictionary<string, T> ByFolded =
        Written.ToFrozenDictionary(pair => Fold(pair.Value), pair => pair.Key, StringComparer.Ordinal);

    public static string Of(T value) => Written[value];

    /// <summary>Reads a written name; underscores do not count, so CONSENT_122 finds Consent122.</summary>
    public static bool TryParse(string? text, out T value)
    {
        value = default;
        return text is not null && ByFolded.TryGetValue(Fold(text), out value);
    }

    private static string Fold(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    private static string UpperSnake(string name)
    {
        var written = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]))
            {
                written.Append('_');
            }

            written.Append(char.ToUpperInvariant(name[i]));
        }

        return written.ToString();
    }
}
