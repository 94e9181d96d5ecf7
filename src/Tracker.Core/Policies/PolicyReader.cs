using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Policies;

/// <summary>Reads a policy document whole: either a valid <see cref="Policy"/>, or every error at once by path.</summary>
public sealed class PolicyReader
{
    private static readonly ChildRules ItalianChildren = new()
    {
        Country = "IT",
        AgeOfConsent = new Dictionary<string, int> { ["IT"] = 14 }.ToFrozenDictionary(),
        DefaultAgeOfConsent = 16,
        OfflineAgeOfConsent = 18,
        AdultAge = 18,
        MayProfileMinors = false,
    };

    private readonly List<string> _errors = [];
    private readonly string _name;

    private PolicyReader(string name) => _name = name;

    /// <exception cref="PolicyInvalidException">The document is not a valid policy.</exception>
    public static Policy Read(string name, ReadOnlySpan<byte> json)
    {
        PolicyDocument? document;
        try
        {
            document = JsonSerializer.Deserialize(json, PolicyDocumentJson.Default.PolicyDocument);
        }
        catch (JsonException fault)
        {
            throw new PolicyInvalidException(name, [$"{fault.Path}: not readable as JSON of a policy (line {fault.LineNumber + 1})."]);
        }

        return new PolicyReader(name).ToPolicy(document ?? new PolicyDocument(), json.ToArray());
    }

    private Policy ToPolicy(PolicyDocument document, byte[] json)
    {
        Check(document.Profile.Length > 0 && document.Version.Length > 0, "$.profile, $.version", "both are required");
        var zone = Zone(document.TimeZone);
        var outerCap = Period(document.OuterCap, "$.outer_cap");
        var types = document.Types.Select(ToType).ToList();
        Unique(types.Select(type => type.Name), "$.types", "name");
        var rules = document.Rules.Select((rule, i) => ToRule(rule, outerCap, $"$.rules[{i}]")).ToList();
        Unique(rules.Select(rule => rule.Id), "$.rules", "id");
        Unique(rules.Select(rule => $"{rule.Purpose}/{rule.Category}/{rule.Basis}"), "$.rules", "purpose, category and basis (two equally specific rules)");
        var purposes = document.Purposes.Select(ToPurpose).ToList();
        Unique(purposes.Select(purpose => $"{purpose.Purpose}"), "$.purposes", "purpose");
        foreach (var purpose in purposes.Where(purpose => rules.TrueForAll(rule => rule.Purpose != purpose.Purpose)))
        {
            Check(false, "$.rules", $"no retention rule for {EnumNames<Purpose>.Of(purpose.Purpose)}: what has no end may not be kept");
        }

        var legalRules = document.LegalRules.Select((rule, i) => ToLegalRule(rule, types, $"$.legal_rules[{i}]")).ToList();
        var policy = new Policy
        {
            Version = $"{document.Profile}@{document.Version}",
            Sha256 = SHA256.HashData(json),
            Zone = zone,
            ActivityWindow = Period(document.ActivityWindow, "$.activity_window"),
            QuoteValidity = Period(document.QuoteValidity, "$.quote_validity"),
            InactivityCap = Period(document.ConsentValidity, "$.consent_validity"),
            OuterCap = outerCap,
            Children = ItalianChildren,
            Document = json,
            Purposes = purposes.DistinctBy(purpose => purpose.Purpose).ToFrozenDictionary(purpose => purpose.Purpose),
            Rules = rules,
            LegalRules = legalRules,
            Types = types.DistinctBy(type => type.Name).ToFrozenDictionary(type => type.Name, StringComparer.Ordinal),
        };
        return _errors.Count == 0 ? policy : throw new PolicyInvalidException(_name, _errors);
    }

    private PurposeRule ToPurpose(PolicyDocument.PurposeEntry entry, int index)
    {
        var path = $"$.purposes[{index}]";
        var ground = Name<EPrivacyGround>(entry.ConsentGround, $"{path}.consent_ground");
        var needs = default(FieldSet);
        for (var i = 0; i < entry.Needs.Count; i++)
        {
            var fields = ContentFields.Find(entry.Needs[i]);
            Check(fields is not null, $"{path}.needs[{i}]", $"'{entry.Needs[i]}' is no field of the content (uncategorised)");
            needs |= fields ?? default;
        }

        var cells = new Dictionary<Stage, IReadOnlyList<AdmissibleBasis>>();
        foreach (var (stage, bases) in entry.Matrix)
        {
            cells[Name<Stage>(stage, $"{path}.matrix")] = [.. bases.Select((basis, i) => ToBasis(basis, ground, $"{path}.matrix.{stage}[{i}]"))];
        }

        Check(cells.Count == 5, $"{path}.matrix", "all five stages are required");
        return new PurposeRule(
            Name<Purpose>(entry.Purpose, $"{path}.purpose"),
            Name<RetentionClass>(entry.Class, $"{path}.class"),
            needs,
            [new MatrixRow(FrozenSet<ContactChannel>.Empty, cells.ToFrozenDictionary())]);
    }

    /// <summary>A cell names a basis, or a basis with its ePrivacy ground: TECHNICAL is legitimate interest on art. 122.</summary>
    private AdmissibleBasis ToBasis(string text, EPrivacyGround consentGround, string path)
    {
        if (text == "TECHNICAL")
        {
            return new(LegalBasis.LegitimateInterest, EPrivacyGround.Technical122);
        }

        var basis = Name<LegalBasis>(text, path);
        Check(basis is not (LegalBasis.VitalInterest or LegalBasis.PublicTask), path, "vital interest and public task are admissible in no cell (GDPR Art. 6(1)(d), (e))");
        return new(basis, basis == LegalBasis.Consent ? consentGround : EPrivacyGround.NotApplicable);
    }

    private RetentionRule ToRule(PolicyDocument.RuleEntry entry, CalendarPeriod outerCap, string path)
    {
        Check(entry.Id.Length > 0, $"{path}.id", "required");
        Check(entry.Ends.Count > 0, $"{path}.ends", "a rule without any end is refused");
        Check(entry.LegalReference.Length > 0, $"{path}.legal_reference", "required");
        return new RetentionRule
        {
            Id = entry.Id,
            Purpose = Name<Purpose>(entry.Purpose, $"{path}.purpose"),
            Category = entry.Category is null ? null : Name<DataCategory>(entry.Category, $"{path}.category"),
            Basis = entry.Basis is null ? null : Name<LegalBasis>(entry.Basis, $"{path}.basis"),
            Terminators = [.. entry.Ends.Select((end, i) => ToTerminator(end, $"{path}.ends[{i}]"))],
            OuterCap = entry.OuterCap is null ? outerCap : Period(entry.OuterCap, $"{path}.outer_cap"),
            LegalReference = entry.LegalReference,
        };
    }

    private Terminator ToTerminator(PolicyDocument.EndEntry entry, string path)
    {
        Check(entry.Kind is "MAX" or "MIN", $"{path}.kind", "MAX (a limit) or MIN (a statutory floor) is required");
        return new(Name<Anchor>(entry.Anchor, $"{path}.anchor", zeroIsName: true), Period(entry.Period, $"{path}.period"), entry.Kind == "MIN");
    }

    private LegalRule ToLegalRule(PolicyDocument.LegalRuleEntry entry, List<InteractionType> types, string path)
    {
        Check(entry.Id.Length > 0, $"{path}.id", "required");
        foreach (var type in entry.Types.Where(name => types.TrueForAll(type => type.Name != name)))
        {
            Check(false, $"{path}.types", $"'{type}' is no type of the catalogue");
        }

        return new(entry.Id, Name<Purpose>(entry.Purpose, $"{path}.purpose"), entry.Types.ToFrozenSet(StringComparer.Ordinal));
    }

    private InteractionType ToType(PolicyDocument.TypeEntry entry, int index)
    {
        var path = $"$.types[{index}]";
        Check(entry.Name.Length is > 0 and <= 64, $"{path}.name", "1 to 64 characters");
        Check(entry.Identifier is "REQUIRED" or "OPTIONAL", $"{path}.identifier", "REQUIRED or OPTIONAL");
        List<Purpose> admissible = [.. entry.Purposes.Select((purpose, i) => Name<Purpose>(purpose, $"{path}.purposes[{i}]"))];
        List<Purpose> defaults = [.. entry.DefaultPurposes.Select((purpose, i) => Name<Purpose>(purpose, $"{path}.default_purposes[{i}]"))];
        Check(defaults.Count > 0 && defaults.TrueForAll(admissible.Contains), $"{path}.default_purposes", "at least one, all of them among purposes");
        return new InteractionType
        {
            Name = entry.Name,
            Description = entry.Description,
            AdmissiblePurposes = admissible.ToFrozenSet(),
            DefaultPurposes = defaults,
            IsIdentifierRequired = entry.Identifier == "REQUIRED",
            Initiator = Name<Initiator>(entry.Initiator, $"{path}.initiator"),
            MovesLastInteraction = entry.MovesLastInteraction,
            Fact = entry.Establishes is null ? null : Name<FactKind>(entry.Establishes, $"{path}.establishes", zeroIsName: true),
            EndsContract = entry.EndsContract,
        };
    }

    private TimeZoneInfo Zone(string id)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
        {
            return zone;
        }

        _errors.Add($"$.time_zone: '{id}' is not known on this machine; install time zone data (Debian: tzdata).");
        return TimeZoneInfo.Utc;
    }

    private CalendarPeriod Period(string text, string path)
    {
        Check(CalendarPeriod.TryParse(text, out var period), path, $"'{text}' is no ISO 8601 period such as P24M or PT24H");
        return period ?? default;
    }

    private T Name<T>(string text, string path, bool zeroIsName = false)
        where T : struct, Enum
    {
        var isKnown = EnumNames<T>.TryParse(text, out var value) && (zeroIsName || !value.Equals(default(T)));
        Check(isKnown, path, $"'{text}' is none of {string.Join(", ", Enum.GetValues<T>().Where(v => zeroIsName || !v.Equals(default(T))).Select(EnumNames<T>.Of))}");
        return value;
    }

    private void Unique(IEnumerable<string> values, string path, string what)
    {
        foreach (var twice in values.GroupBy(value => value).Where(group => group.Count() > 1))
        {
            _errors.Add($"{path}: {what} '{twice.Key}' stands twice.");
        }
    }

    private void Check(bool holds, string path, string what)
    {
        if (!holds)
        {
            _errors.Add($"{path}: {what}.");
        }
    }
}
