using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>
/// What a stored policy says in words. Read leniently: a document of years ago is to be quoted, not to be valid by the
/// rules of today.
/// </summary>
/// <param name="Version">"profile@version".</param>
/// <param name="References">The provision behind each retention rule and each duty by law, by id.</param>
/// <param name="Rules">What each retention rule says, by id: "EVENT_TIME + P12M (MAX); EVENT_TIME + P11Y (OUTER CAP); DELETE".</param>
/// <param name="Assessments">When each assessment of a legitimate interest counts, by "id@version".</param>
/// <param name="Conditions">Its conditions of GDPR Art. 9(2); those of a document that names no categories are for all.</param>
/// <param name="IsExact">It is the policy that was asked for, and not the one in force in its place.</param>
public sealed record PolicyTexts(
    string Version,
    FrozenDictionary<string, string> References,
    FrozenDictionary<string, string> Rules,
    FrozenDictionary<string, Validity> Assessments,
    IReadOnlyList<SpecialCategoryRule> Conditions,
    bool IsExact)
{
    public static PolicyTexts Read(ReadOnlySpan<byte> document, bool isExact)
    {
        var reader = new Utf8JsonReader(document, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        using var json = JsonDocument.ParseValue(ref reader);
        var policy = json.RootElement;
        var references = new Dictionary<string, string>();
        var rules = new Dictionary<string, string>();
        foreach (var rule in Items(policy, "rules"))
        {
            references[Word(rule, "id")] = Word(rule, "legal_reference");
            rules[Word(rule, "id")] = TextOf(rule, Word(policy, "outer_cap"));
        }

        foreach (var duty in Items(policy, "legal_rules"))
        {
            references[Word(duty, "id")] = Word(duty, "reference");
        }

        return new(
            $"{Word(policy, "profile")}@{Word(policy, "version")}",
            references.ToFrozenDictionary(),
            rules.ToFrozenDictionary(),
            ReadAssessments(policy).ToFrozenDictionary(),
            [.. Items(policy, "special_categories").Select(ToCondition)],
            isExact);
    }

    /// <param name="outerCap">That of the policy, for a rule without one of its own.</param>
    private static string TextOf(JsonElement rule, string outerCap)
    {
        var ends = Items(rule, "ends").Select(end => $"{Word(end, "anchor")} + {Word(end, "period")} ({Word(end, "kind")})");
        var cap = Word(rule, "outer_cap") is { Length: > 0 } own ? own : outerCap;
        var action = Word(rule, "action");
        ends = cap.Length == 0 ? ends : ends.Append($"EVENT_TIME + {cap} (OUTER CAP)");
        return string.Join("; ", action.Length == 0 ? ends : ends.Append(action));
    }

    private static Dictionary<string, Validity> ReadAssessments(JsonElement policy)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(Word(policy, "time_zone"), out var known) ? known : TimeZoneInfo.Utc;
        var assessments = new Dictionary<string, Validity>();
        foreach (var assessment in Items(policy, "assessments"))
        {
            assessments[$"{Word(assessment, "id")}@{Word(assessment, "version")}"] = new(Day(assessment, "from", zone), Day(assessment, "until", zone));
        }

        return assessments;
    }

    private static DateTimeOffset? Day(JsonElement parent, string member, TimeZoneInfo zone) =>
        DateOnly.TryParseExact(Word(parent, member), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? CalendarArithmetic.StartOf(day, zone)
            : null;

    private static SpecialCategoryRule ToCondition(JsonElement condition)
    {
        var names = condition.TryGetProperty("categories", out var categories) && categories.ValueKind == JsonValueKind.Array
            ? categories.EnumerateArray().Select(name => name.ToString())
            : null;
        return new(
            EnumNames<Purpose>.TryParse(Word(condition, "purpose"), out var purpose) ? purpose : Purpose.Unspecified,
            Word(condition, "condition"),
            names is null
                ? SpecialCategorySet.OfArticle9
                : SpecialCategorySet.Of(names.Select(name => EnumNames<SpecialCategory>.TryParse(name, out var category) ? category : SpecialCategory.None)),
            Word(condition, "reference"));
    }

    private static JsonElement[] Items(JsonElement parent, string member) =>
        parent.TryGetProperty(member, out var items) && items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray()] : [];

    private static string Word(JsonElement parent, string member) =>
        parent.TryGetProperty(member, out var word) && word.ValueKind == JsonValueKind.String ? word.GetString()! : "";
}
