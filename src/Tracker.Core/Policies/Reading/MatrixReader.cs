using System.Collections.Frozen;
using Tracker.Core.Model;

namespace Tracker.Core.Policies.Reading;

/// <summary>The purposes with what they need and their rows of the matrix.</summary>
internal sealed class MatrixReader(Findings findings)
{
    private const string OnAccountTerms = "CONTRACT_ACCOUNT_TERMS";
    private const string IfRequestedFeature = "CONTRACT_REQUESTED_FEATURE";

    /// <summary>Words of a cell that say a basis together with its ePrivacy ground.</summary>
    private static readonly FrozenDictionary<string, AdmissibleBasis> Words = new Dictionary<string, AdmissibleBasis>
    {
        ["TECHNICAL"] = new(LegalBasis.LegitimateInterest, EPrivacyGround.Technical122),
        ["TECHNICAL_MINIMISED"] = new(LegalBasis.LegitimateInterest, EPrivacyGround.Technical122) { IsIfMinimised = true },
        ["SOFT_OPT_IN"] = new(LegalBasis.LegitimateInterest, EPrivacyGround.SoftOptIn1304),
        ["CONSENT_RPO"] = new(LegalBasis.Consent, EPrivacyGround.RpoChecked1303Bis),
        [OnAccountTerms] = new(LegalBasis.Contract, EPrivacyGround.NotApplicable) { IsOnAccountTerms = true },
        [IfRequestedFeature] = new(LegalBasis.Contract, EPrivacyGround.NotApplicable),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly LegalBasis[] Inadmissible = [LegalBasis.VitalInterest, LegalBasis.PublicTask];

    public IReadOnlyList<PurposeRule> Read(IReadOnlyList<PolicyDocument.PurposeEntry> entries)
    {
        List<PurposeRule> purposes = [.. entries.Select((entry, i) => ToPurpose(entry, Findings.Item("$.purposes", entry.Purpose, i)))];
        findings.Unique(purposes.Select(purpose => EnumNames<Purpose>.Of(purpose.Purpose)), "$.purposes", "purpose");
        return [.. purposes.DistinctBy(purpose => purpose.Purpose)];
    }

    private PurposeRule ToPurpose(PolicyDocument.PurposeEntry entry, string path)
    {
        findings.Check(entry.Matrix.Count > 0, $"{path}.matrix", "at least one row is required");
        findings.Check(Uri.TryCreate(entry.Iri, UriKind.Absolute, out _), $"{path}.iri", "the name of the purpose in the Data Privacy Vocabulary is required");
        List<MatrixRow> rows = [.. entry.Matrix.Select((row, i) => ToRow(row, entry.IsRequestedFeature, Findings.Item($"{path}.matrix", string.Join(',', row.ContactChannels), i)))];
        findings.Unique(rows.SelectMany(row => row.ContactChannels).Select(EnumNames<ContactChannel>.Of), $"{path}.matrix", "medium");
        findings.Check(rows.Count == 1 || rows.TrueForAll(row => row.ContactChannels.Count > 0), $"{path}.matrix", "of several rows each names its contact_channels");
        return new PurposeRule(
            findings.Name<Purpose>(entry.Purpose, $"{path}.purpose"),
            findings.Name<RetentionClass>(entry.Class, $"{path}.class"),
            findings.Fields(entry.Needs, $"{path}.needs"),
            rows)
        {
            Iri = entry.Iri,
        };
    }

    private MatrixRow ToRow(PolicyDocument.RowEntry entry, bool isRequestedFeature, string path)
    {
        var ground = findings.Name<EPrivacyGround>(entry.ConsentGround, $"{path}.consent_ground");
        var cells = new Dictionary<Stage, IReadOnlyList<AdmissibleBasis>>();
        foreach (var (stage, words) in entry.Cells)
        {
            var at = $"{path}.cells.{stage}";
            findings.Unique(words, at, "basis");
            cells[findings.Name<Stage>(stage, at)] = [.. words
                .Where(word => isRequestedFeature || word != IfRequestedFeature)
                .Select((word, i) => ToBasis(word, ground, $"{at}[{i}]"))];
        }

        foreach (var stage in Enum.GetValues<Stage>().Where(stage => stage != Stage.Unspecified && !cells.ContainsKey(stage)))
        {
            findings.Add($"{path}.cells", $"the cell of {EnumNames<Stage>.Of(stage)} is missing; an empty one denies");
            cells[stage] = [];
        }

        var also = findings.Names<Purpose>(entry.RequiresConsent, $"{path}.requires_consent");
        // GDPR Art. 7(4): a consent that the service does not need is not free.
        findings.Check(
            also.Count == 0 || cells.Values.All(cell => cell.All(admissible => admissible.Basis == LegalBasis.Consent)),
            $"{path}.requires_consent",
            "what is owed by contract or law may not depend on a consent (GDPR Art. 7(4))");
        return new MatrixRow(findings.Names<ContactChannel>(entry.ContactChannels, $"{path}.contact_channels").ToFrozenSet(), cells.ToFrozenDictionary())
        {
            AlsoNeedsConsentTo = also.ToFrozenSet(),
        };
    }

    private AdmissibleBasis ToBasis(string word, EPrivacyGround consentGround, string path)
    {
        if (Words.TryGetValue(word, out var pair))
        {
            return pair;
        }

        var basis = findings.Name(word, path, barred: Inadmissible, words: Words.Keys.Order(StringComparer.Ordinal));
        findings.Check(!Inadmissible.Contains(basis), path, "vital interest and public task are admissible in no cell (GDPR Art. 6(1)(d), (e))");
        return new(basis, basis == LegalBasis.Consent ? consentGround : EPrivacyGround.NotApplicable);
    }
}
