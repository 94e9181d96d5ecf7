using System.Collections.Frozen;
using Tracker.Core.Model;

namespace Tracker.Core.Policies.Reading;

/// <summary>The types of interaction, and the duties by law that cover some of them.</summary>
internal sealed class CatalogueReader(Findings findings)
{
    public IReadOnlyList<InteractionType> Read(IReadOnlyList<PolicyDocument.TypeEntry> entries)
    {
        List<InteractionType> types = [.. entries.Select((entry, i) => ToType(entry, Findings.Item("$.types", entry.Name, i)))];
        findings.Unique(types.Select(type => type.Name), "$.types", "name");
        return [.. types.DistinctBy(type => type.Name)];
    }

    public IReadOnlyList<LegalRule> Read(IReadOnlyList<PolicyDocument.LegalRuleEntry> entries, IReadOnlyList<InteractionType> types)
    {
        var names = types.Select(type => type.Name).ToHashSet();
        List<LegalRule> rules = [.. entries.Select((entry, i) => ToLegalRule(entry, names, Findings.Item("$.legal_rules", entry.Id, i)))];
        findings.Unique(rules.Select(rule => rule.Id), "$.legal_rules", "id");
        return rules;
    }

    private LegalRule ToLegalRule(PolicyDocument.LegalRuleEntry entry, HashSet<string> names, string path)
    {
        findings.Check(entry.Id.Length > 0, $"{path}.id", "required");
        findings.Check(entry.Reference.Length > 0, $"{path}.reference", "the provision is required");
        foreach (var type in entry.Types.Where(name => !names.Contains(name)))
        {
            findings.Add($"{path}.types", $"'{type}' is no type of the catalogue");
        }

        return new(
            entry.Id,
            findings.Name<Purpose>(entry.Purpose, $"{path}.purpose"),
            entry.Types.ToFrozenSet(StringComparer.Ordinal),
            findings.Fields(entry.Fields, $"{path}.fields"),
            entry.AfterPurchase is null ? null : findings.Period(entry.AfterPurchase, $"{path}.after_purchase"),
            entry.Reference);
    }

    private InteractionType ToType(PolicyDocument.TypeEntry entry, string path)
    {
        findings.Check(entry.Name.Length is > 0 and <= 64, $"{path}.name", "1 to 64 characters");
        var admissible = findings.Names<Purpose>(entry.Purposes, $"{path}.purposes");
        var defaults = findings.Names<Purpose>(entry.DefaultPurposes, $"{path}.default_purposes");
        findings.Check(
            admissible.Count < entry.Purposes.Count || defaults.Count < entry.DefaultPurposes.Count || (defaults.Count > 0 && defaults.All(admissible.Contains)),
            $"{path}.default_purposes",
            "at least one, all of them among purposes");
        var initiator = findings.Name<Initiator>(entry.Initiator, $"{path}.initiator");
        FactKind? fact = entry.Establishes is null ? null : findings.Name<FactKind>(entry.Establishes, $"{path}.establishes", zeroIsName: true);
        // Compliance 3.3: what we do, or what happens by itself, prolongs nothing; R-023: only the person asks for a quote, joins or signs in.
        findings.Check(initiator != Initiator.System || !entry.MovesLastInteraction, $"{path}.moves_last_interaction", "only an act of the person (initiator SUBJECT) moves the clock");
        findings.Check(initiator != Initiator.System || fact?.IsOwnAct() != true, $"{path}.establishes", "only the person (initiator SUBJECT) asks for a quote, signs in, joins or shows a card");
        return new InteractionType
        {
            Name = entry.Name,
            Description = entry.Description,
            AdmissiblePurposes = admissible.ToFrozenSet(),
            DefaultPurposes = defaults,
            IsIdentifierRequired = findings.IsWord("REQUIRED", other: "OPTIONAL", entry.Identifier, $"{path}.identifier"),
            Initiator = initiator,
            MovesLastInteraction = entry.MovesLastInteraction,
            Fact = fact,
            ContactChannel = entry.ContactChannel is null ? ContactChannel.Unspecified : findings.Name<ContactChannel>(entry.ContactChannel, $"{path}.contact_channel"),
            EndsContract = entry.EndsContract,
        };
    }
}
