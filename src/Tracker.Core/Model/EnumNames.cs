using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;

namespace Tracker.Core.Model;

/// <summary>The written names of an enum: DirectMarketing is "DIRECT_MARKETING", as in the protos and policy documents.</summary>
public static class EnumNames<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Written = Enum.GetValues<T>().ToFrozenDictionary(value => value, NameOf);

    private static readonly FrozenDictionary<string, T> ByName =
        Written.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    public static string Of(T value) => Written[value];

    /// <summary>Reads a name exactly as <see cref="Of"/> writes it: a document of years ago is found by the one spelling there is.</summary>
    public static bool TryParse(string? text, out T value)
    {
        value = default;
        return text is not null && ByName.TryGetValue(text, out value);
    }

    /// <summary>Where the words of a name cannot be told by its capitals, the member says how it is written.</summary>
    private static string NameOf(T value) =>
        typeof(T).GetField(value.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? UpperSnake(value.ToString());

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
