using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Consents;

/// <summary>What is known of a person when a permission is asked for.</summary>
/// <param name="Age">Null: not known.</param>
public sealed record KnownPerson(Control Control, PermissionHistory History, SubjectAge? Age)
{
    /// <summary>What the question named the person by; empty: by the profile itself.</summary>
    public IReadOnlyList<IdentifierHash> Identifiers { get; init; } = [];

    /// <summary>What the history says, entry by entry: the ledger of the profile, and the noes of the others of the person.</summary>
    public IReadOnlyList<ConsentEntry> Ledger { get; init; } = [];

    /// <param name="ledger">Of this profile.</param>
    /// <param name="age">As stated to this profile.</param>
    public static KnownPerson Of(Control control, IReadOnlyList<ConsentEntry> ledger, SubjectAge? age, OtherProfiles others, Policy policy) =>
        new(others.Restrict(control), others.Fold(ledger, Activity.Of(control, policy)), others.AgeOf(age)) { Ledger = others.Join(ledger) };
}
