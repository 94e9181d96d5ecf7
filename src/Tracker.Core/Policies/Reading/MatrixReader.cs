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

    /// <summary>What stands in a cell by a word of its own, because it carries where nobody has consented.</summary>
    private static readonly EPrivacyGround[] WithoutConsent = [EPrivacyGround.Technical122, EPrivacyGround.SoftOptIn1304];

    private static readonly LegalBasis[] Inadmissible = [LegalBasis.VitalInterest, LegalBasis.PublicTask];

    public IReadOnlyList<PurposeRule> Read(IReadOnlyList<PolicyDocument.PurposeEntry> entries)
    {
        List<PurposeRule> purposes = [.. entries.Select((entry, i) => FindPurpose(entry, Findings.Item("$.purposes", entry.Purpose, i))).OfType<PurposeRule>()];
        findings.Unique(purposes.Select(purpose => EnumNames<Purpose>.Of(purpose.Purpose)), "$.purposes", "purpose");
        // One that is none may be the one that is missing.
        var missing = purposes.Count < entries.Count ? [] : Enum.GetValues<Purpose>().Skip(1).Except(purposes.Select(purpose => purpose.Purpose));
        foreach (var purpose in missing)
        {
            findings.Add("$.purposes", $"{EnumNames<Purpose>.Of(purpose)} is missing; five empty cells deny it");
        }

        return [.. purposes.DistinctBy(purpose => purpose.Purpose)];
    }

    /// <returns>Null: it is none, and what it lacks is not told.</returns>
    private PurposeRule? FindPurpose(PolicyDocument.PurposeEntry entry, string path)
    {
        var purpose = findings.Name<Purpose>(entry.Purpose, $"{path}.purpose");
        if (purpose == Purpose.Unspecified)
        {
            return null;
        }

        findings.Check(entry.Matrix.Count > 0, $"{path}.matrix", "at least one row is required");
        findings.Check(Uri.TryCreate(entry.Iri, UriKind.Absolute, out _), $"{path}.iri", "the name of the purpose in the Data Privacy Vocabulary is required");
        List<MatrixRow> rows = [.. entry.Matrix.Select((row, i) => FindRow(row, entry.IsRequestedFeature, Findings.Row(path, row.ContactChannels, i))).OfType<MatrixRow>()];
        findings.Unique(rows.SelectMany(row => row.ContactChannels).Select(EnumNames<ContactChannel>.Of), $"{path}.matrix", "medium");
        findings.Check(entry.Matrix.Count <= 1 || entry.Matrix.All(row => row.ContactChannels.Count > 0), $"{path}.matrix", "of several rows each names its contact_channels");
        return new PurposeRule(
            purpose,
            findings.Name<RetentionClass>(entry.Class, $"{path}.class"),
            findings.Fields(entry.Needs, $"{path}.needs"),
            rows)
        {
            Iri = entry.Iri,
            Contracts = ToContracts(entry.Contracts, rows, $"{path}.contracts"),
        };
    }

    private IReadOnlyList<ContractKind> ToContracts(IReadOnlyList<string> words, List<MatrixRow> rows, string path)
    {
        var contracts = findings.Names<ContractKind>(words, path);
        findings.Check(
            contracts.Count > 0 || words.Count > 0 || rows.TrueForAll(row => row.Cells.Values.All(cell => cell.All(admissible => admissible.Basis != LegalBasis.Contract))),
            path,
            $"a cell has CONTRACT: say which contracts the purpose is necessary for, of {string.Join(", ", Enum.GetValues<ContractKind>().Skip(1).Select(EnumNames<ContractKind>.Of))} (GDPR Art. 6(1)(b))");
        return contracts;
    }

    /// <returns>Null: it is for media that are none, and what it lacks is not told.</returns>
    private MatrixRow? FindRow(PolicyDocument.RowEntry entry, bool isRequestedFeature, string path)
    {
        var channels = findings.Names<ContactChannel>(entry.ContactChannels, $"{path}.contact_channels").ToFrozenSet();
        if (channels.Count == 0 && entry.ContactChannels.Count > 0)
        {
            return null;
        }

        var ground = FindConsentGround(entry.ConsentGround, $"{path}.consent_ground");
        var cells = ReadCells(entry, ground, isRequestedFeature, path);
        var also = findings.Names<Purpose>(entry.RequiresConsent, $"{path}.requires_consent");
        // GDPR Art. 7(4): a consent that the service does not need is not free.
        findings.Check(
            also.Count == 0 || cells.Values.All(cell => cell.All(admissible => admissible.Basis == LegalBasis.Consent)),
            $"{path}.requires_consent",
            "what is owed by contract or law may not depend on a consent (GDPR Art. 7(4))");
        return new MatrixRow(channels, cells.ToFrozenDictionary())
        {
            AlsoNeedsConsentTo = also.ToFrozenSet(),
        };
    }

    /// <returns>Unspecified: it is none, or none that a consent can stand on.</returns>
    private EPrivacyGround FindConsentGround(string name, string path)
    {
        var ground = findings.Name(name, path, barred: WithoutConsent);
        var isOfConsent = !WithoutConsent.Contains(ground);
        var grounds = Enum.GetValues<EPrivacyGround>().Skip(1).Except(WithoutConsent).Select(EnumNames<EPrivacyGround>.Of);
        findings.Check(isOfConsent, path, $"'{name}' carries without a consent, by the word TECHNICAL or SOFT_OPT_IN in a cell; a consent stands on one of {string.Join(", ", grounds)}");
        return isOfConsent ? ground : EPrivacyGround.Unspecified;
    }

    private Dictionary<Stage, IReadOnlyList<AdmissibleBasis>> ReadCells(PolicyDocument.RowEntry entry, EPrivacyGround ground, bool isRequestedFeature, string path)
    {
        var cells = new Dictionary<Stage, IReadOnlyList<AdmissibleBasis>>();
        var hasUnknown = false;
        foreach (var (name, words) in entry.Cells)
        {
            var at = $"{path}.cells.{name}";
            var stage = findings.Name<Stage>(name, at);
            hasUnknown |= stage == Stage.Unspecified;
            findings.Unique(words, at, "basis");
            cells[stage] = [.. words
                .Select((word, i) => (Word: word, Basis: FindBasis(word, ground, $"{at}[{i}]")))
                .Where(read => isRequestedFeature || read.Word != IfRequestedFeature)
                .Select(read => read.Basis)
                .OfType<AdmissibleBasis>()];
        }

        cells.Remove(Stage.Unspecified);
        foreach (var stage in Enum.GetValues<Stage>().Where(stage => stage != Stage.Unspecified && !cells.ContainsKey(stage)))
        {
            findings.Check(hasUnknown, $"{path}.cells", $"the cell of {EnumNames<Stage>.Of(stage)} is missing; an empty one denies");
            cells[stage] = [];
        }

        return cells;
    }

    /// <returns>Null: it is none, or none that may stand here, or a consent on a ground that is none.</returns>
    private AdmissibleBasis? FindBasis(string word, EPrivacyGround consentGround, string path)
    {
        if (Words.TryGetValue(word, out var pair))
        {
            return pair;
        }

        var basis = findings.Name(word, path, barred: Inadmissible, words: Words.Keys.Order(StringComparer.Ordinal));
        findings.Check(!Inadmissible.Contains(basis), path, "vital interest and public task are admissible in no cell (GDPR Art. 6(1)(d), (e))");
        var ground = basis == LegalBasis.Consent ? consentGround : EPrivacyGround.NotApplicable;
        return basis == LegalBasis.None || Inadmissible.Contains(basis) || ground == EPrivacyGround.Unspecified ? null : new(basis, ground);
    }
}
