using System.Collections.Frozen;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Policies.Reading;

/// <summary>What protects certain people and certain data: children, special categories, objections, assessments, and what each field is.</summary>
internal sealed class ProtectionReader(Findings findings)
{
    private static readonly DateOnly Never = DateOnly.FromDateTime(DateTime.UnixEpoch);

    public ChildRules Read(PolicyDocument.ChildrenEntry entry)
    {
        const string path = "$.children";
        foreach (var (country, age) in entry.AgeOfConsent)
        {
            findings.Check(IsCountry(country), $"{path}.age_of_consent", $"'{country}' is no country in two letters");
            findings.Check(age is >= 13 and <= 18, $"{path}.age_of_consent.{country}", "13 to 18 (GDPR Art. 8(1))");
        }

        findings.Check(IsCountry(entry.Country), $"{path}.country", "a country in two letters is required");
        findings.Check(entry.DefaultAgeOfConsent is >= 16 and <= 18, $"{path}.default_age_of_consent", "16 to 18: a lower age is for a country by its law (GDPR Art. 8(1))");
        findings.Check(entry.OfflineAgeOfConsent is >= 14 and <= 18, $"{path}.offline_age_of_consent", "14 to 18");
        findings.Check(entry.AdultAge is >= 18 and <= 21, $"{path}.adult_age", "18 to 21");
        return new ChildRules
        {
            Country = entry.Country,
            AgeOfConsent = entry.AgeOfConsent.ToFrozenDictionary(),
            DefaultAgeOfConsent = entry.DefaultAgeOfConsent,
            OfflineAgeOfConsent = entry.OfflineAgeOfConsent,
            AdultAge = entry.AdultAge,
            MayProfileMinors = entry.MayProfileMinors,
        };
    }

    public FrozenDictionary<ContentField, FieldRule> Read(IReadOnlyList<PolicyDocument.FieldEntry> entries)
    {
        var rules = new Dictionary<ContentField, FieldRule>();
        var hasUnknown = false;
        for (var i = 0; i < entries.Count; i++)
        {
            var path = Findings.Item("$.fields", entries[i].Field, i);
            var named = ContentFields.Find(entries[i].Field)?.Members().ToArray() ?? [];
            findings.Check(named.Length == 1, $"{path}.field", $"'{entries[i].Field}' is no field of the content");
            hasUnknown |= named.Length != 1;
            if (named.Length == 1)
            {
                var category = findings.Name<DataCategory>(entries[i].Category, $"{path}.category");
                findings.Check(rules.TryAdd(named[0], ToRule(entries[i], named[0], category)), $"{path}.field", $"'{entries[i].Field}' stands twice");
            }
        }

        foreach (var field in Enum.GetValues<ContentField>().Where(field => !rules.ContainsKey(field)))
        {
            findings.Check(hasUnknown, "$.fields", $"uncategorised field {field.Path()}: every field of the content has a category (GDPR Art. 4(1), 5(1)(c))");
            rules[field] = new(field, DataCategory.Unspecified);
        }

        return rules.ToFrozenDictionary();
    }

    public IReadOnlyList<SpecialCategoryRule> Read(IReadOnlyList<PolicyDocument.SpecialCategoryEntry> entries) =>
        [.. entries.Select((entry, i) => ToCondition(entry, $"$.special_categories[{i}]"))];

    public FrozenDictionary<Purpose, IReadOnlySet<Purpose>> Read(IReadOnlyDictionary<string, IReadOnlyList<string>> reach) => reach
        .Select(entry => (
            Purpose: findings.Name<Purpose>(entry.Key, $"$.objection_reach.{entry.Key}"),
            Reached: findings.Names<Purpose>(entry.Value, $"$.objection_reach.{entry.Key}")))
        .Where(entry => entry.Purpose != Purpose.Unspecified)
        .ToFrozenDictionary(entry => entry.Purpose, entry => (IReadOnlySet<Purpose>)entry.Reached.ToFrozenSet());

    public IReadOnlyList<Assessment> Read(IReadOnlyList<PolicyDocument.AssessmentEntry> entries, TimeZoneInfo zone)
    {
        findings.Unique(entries.Select(entry => $"{entry.Id}@{entry.Version}"), "$.assessments", "id and version");
        return [.. entries.Select((entry, i) => ToAssessment(entry, zone, Findings.Item("$.assessments", entry.Id, i)))];
    }

    private static FieldRule ToRule(PolicyDocument.FieldEntry entry, ContentField field, DataCategory category) => new(field, category)
    {
        IsSpecialCategory = entry.SpecialCategory,
        IsCriminal = entry.Criminal,
        IsInferred = entry.Inferred,
        IsThirdPartyData = entry.ThirdParty,
        IsFreeText = entry.FreeText,
    };

    private SpecialCategoryRule ToCondition(PolicyDocument.SpecialCategoryEntry entry, string path)
    {
        // (a) is explicit consent and is proved by the ledger, never by a policy.
        findings.Check(entry.Condition is ['9', '(', '2', ')', '(', >= 'b' and <= 'j', ')'], $"{path}.condition", $"'{entry.Condition}' is none of 9(2)(b) to 9(2)(j)");
        findings.Check(entry.Categories.Count > 0, $"{path}.categories", "at least one category of GDPR Art. 9(1) is required, such as HEALTH: a condition covers no other");
        findings.Check(entry.Reference.Length > 0, $"{path}.reference", "the law or opinion it rests on is required");
        var categories = findings.Names<SpecialCategory>(entry.Categories, $"{path}.categories", barred: [SpecialCategory.CriminalOffence]);
        for (var i = 0; i < entry.Categories.Count; i++)
        {
            findings.Check(
                entry.Categories[i] != EnumNames<SpecialCategory>.Of(SpecialCategory.CriminalOffence),
                $"{path}.categories[{i}]",
                "is none of GDPR Art. 9(1): no condition carries data on offences (Art. 10)");
        }

        return new(findings.Name(entry.Purpose, $"{path}.purpose", barred: OverlayBounds.Commercial), entry.Condition, SpecialCategorySet.Of(categories), entry.Reference);
    }

    private static bool IsCountry(string text) => text.Length == 2 && text.All(char.IsAsciiLetterUpper);

    private Assessment ToAssessment(PolicyDocument.AssessmentEntry entry, TimeZoneInfo zone, string path)
    {
        findings.Check(entry.Id.Length is > 0 and <= 64, $"{path}.id", "1 to 64 characters");
        findings.Check(entry.Version.Length is > 0 and <= 32, $"{path}.version", "1 to 32 characters");
        findings.Check(entry.Until.Length > 0, $"{path}.until", "an assessment without an end is refused: it is renewed");
        var from = findings.FindDay(entry.From, $"{path}.from");
        var until = entry.Until.Length > 0 ? findings.FindDay(entry.Until, $"{path}.until") : null;
        findings.Check(from is null || until is null || from < until, $"{path}.until", "must be after from");
        return new(
            entry.Id,
            entry.Version,
            findings.Name<Purpose>(entry.Purpose, $"{path}.purpose"),
            findings.Names<ContactChannel>(entry.ContactChannels, $"{path}.contact_channels").ToFrozenSet(),
            CalendarArithmetic.StartOf(from ?? Never, zone),
            CalendarArithmetic.StartOf(until ?? Never, zone));
    }
}
