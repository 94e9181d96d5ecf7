using System.Collections.Frozen;
using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>Who is whom, as the policy has it.</summary>
/// <param name="MaxProfiles">How many profiles may be one person: beyond it somebody merges what is not.</param>
public sealed record IdentityRules(int MaxProfiles, FrozenDictionary<IdentifierKind, KindRule> Kinds)
{
    public KindRule Of(IdentifierKind kind) => Kinds.GetValueOrDefault(kind, KindRule.Nothing);

    public bool NamesAPerson(IdentifierKind kind) => Of(kind).Names == NamedBy.Person;

    public bool NamesAMachine(IdentifierKind kind) => Of(kind).Names == NamedBy.Machine;

    /// <summary>Whoever it is never named themselves: known by machines alone, and merged with nobody.</summary>
    public bool IsAnonymous(Control control) => control.Members.Count == 0 && control.Identifiers.All(identifier => NamesAMachine(identifier.Kind));

    /// <summary>Leads to a profile at all; a receipt number names a purchase.</summary>
    public bool LeadsToAProfile(IdentifierKind kind) => Of(kind).Names is NamedBy.Person or NamedBy.Household or NamedBy.Machine;
}
