using Tracker.Core.Model;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Consents;

/// <summary>What is known of a person when a permission is asked for.</summary>
/// <param name="Age">Null: not known.</param>
public sealed record KnownPerson(Control Control, PermissionHistory History, SubjectAge? Age)
{
    /// <summary>What the question named the person by; empty: by the profile itself.</summary>
    public IReadOnlyList<IdentifierHash> Identifiers { get; init; } = [];
}
