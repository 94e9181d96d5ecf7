using System.Collections.Frozen;
using System.Text.Json;

namespace Tracker.Core.Policies;

/// <summary>
/// What a stored policy says in words. Read leniently: a document of years ago is to be quoted, not to be valid by the
/// rules of today.
/// </summary>
/// <param name="References">The provision behind each retention rule and each duty by law, by id.</param>
/// <param name="Rules">What each retention rule says, by id: "EVENT_TIME + P12M (MAX); DELETE".</param>
/// <param name="IsOfDecision">It is the policy that decided, and not one in force later.</param>
public sealed record PolicyTexts(
    FrozenDictionary<string, string> References,
    FrozenDictionary<string, string> Rules,
    bool IsOfDecision)
{
    public static PolicyTexts Read(ReadOnlySpan<byte> document, bool isOfDecision)
    {
        var reader = new Utf8JsonReader(document, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        using var json = JsonDocument.ParseValue(ref reader);
        var references = new Dictionary<string, string>();
        var rules = new Dictionary<string, string>();
        foreach (var rule in Items(json.RootElement, "rules"))
        {
            references[Word(rule, "id")] = Word(rule, "legal_reference");
            rules[Word(rule, "id")] = TextOf(rule);
        }

        foreach (var duty in Items(json.RootElement, "legal_rules"))
        {
            references[Word(duty, "id")] = Word(duty, "reference");
        }

        return new(references.ToFrozenDictionary(), rules.ToFrozenDictionary(), isOfDecision);
    }

    private static string TextOf(JsonElement rule)
    {
        var ends = Items(rule, "ends").Select(end => $"{Word(end, "anchor")} + {Word(end, "period")} ({Word(end, "kind")})");
        var action = Word(rule, "action");
        return string.Join("; ", action.Length == 0 ? ends : ends.Append(action));
    }

    private static JsonElement[] Items(JsonElement parent, string member) =>
        parent.TryGetProperty(member, out var items) && items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray()] : [];

    private static string Word(JsonElement parent, string member) =>
        parent.TryGetProperty(member, out var word) && word.ValueKind == JsonValueKind.String ? word.GetString()! : "";
}
