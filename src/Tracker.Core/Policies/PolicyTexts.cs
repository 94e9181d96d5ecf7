using System.Collections.Frozen;
using System.Text.Json;

namespace Tracker.Core.Policies;

/// <summary>
/// What a stored policy says in words. Read leniently: a document of years ago is to be quoted, not to be valid by the
/// rules of today.
/// </summary>
/// <param name="References">The provision behind each retention rule and each duty by law, by id.</param>
/// <param name="Rules">What each retention rule says, by id: "EVENT_TIME + P12M (MAX); DELETE; at the latest EVENT_TIME + P11Y".</param>
/// <param name="IsOfDecision">It is the policy that decided, and not one in force later.</param>
public sealed record PolicyTexts(
    FrozenDictionary<string, string> References,
    FrozenDictionary<string, string> Rules,
    bool IsOfDecision)
{
    /// <summary>Legitimate-interest assessments by "id@version": "2026-11-25 to 2027-11-25".</summary>
    public FrozenDictionary<string, string> Assessments { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>By purpose the conditions of Art. 9(2) besides explicit consent: "9(2)(h) (HEALTH): a contract with a pharmacy".</summary>
    public ILookup<string, string> Conditions { get; init; } = Array.Empty<(string Purpose, string Text)>().ToLookup(condition => condition.Purpose, condition => condition.Text);

    public static PolicyTexts Read(ReadOnlySpan<byte> document, bool isOfDecision)
    {
        var reader = new Utf8JsonReader(document, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        using var json = JsonDocument.ParseValue(ref reader);
        var references = new Dictionary<string, string>();
        var rules = new Dictionary<string, string>();
        foreach (var rule in Items(json.RootElement, "rules"))
        {
            references[Word(rule, "id")] = Word(rule, "legal_reference");
            rules[Word(rule, "id")] = TextOf(rule, Word(json.RootElement, "outer_cap"));
        }

        foreach (var duty in Items(json.RootElement, "legal_rules"))
        {
            references[Word(duty, "id")] = Word(duty, "reference");
        }

        return new(references.ToFrozenDictionary(), rules.ToFrozenDictionary(), isOfDecision)
        {
            Assessments = Items(json.RootElement, "assessments")
                .DistinctBy(assessment => $"{Word(assessment, "id")}@{Word(assessment, "version")}")
                .ToFrozenDictionary(assessment => $"{Word(assessment, "id")}@{Word(assessment, "version")}", assessment => $"{Word(assessment, "from")} to {Word(assessment, "until")}"),
            Conditions = Items(json.RootElement, "special_categories")
                .ToLookup(condition => Word(condition, "purpose"), condition => $"{Word(condition, "condition")} ({string.Join(", ", Items(condition, "categories"))}): {Word(condition, "reference")}"),
        };
    }

    private static string TextOf(JsonElement rule, string outerCap)
    {
        var ends = Items(rule, "ends").Select(end => $"{Word(end, "anchor")} + {Word(end, "period")} ({Word(end, "kind")})");
        var action = Word(rule, "action");
        var cap = Word(rule, "outer_cap") is { Length: > 0 } own ? own : outerCap;
        return string.Join("; ", [.. ends, .. Present(action), .. Present(cap.Length == 0 ? "" : $"at the latest EVENT_TIME + {cap}")]);
    }

    private static string[] Present(string text) => text.Length == 0 ? [] : [text];

    private static JsonElement[] Items(JsonElement parent, string member) =>
        parent.TryGetProperty(member, out var items) && items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray()] : [];

    private static string Word(JsonElement parent, string member) =>
        parent.TryGetProperty(member, out var word) && word.ValueKind == JsonValueKind.String ? word.GetString()! : "";
}
