using Tracker.Core.Identities.Persons;
using Tracker.Core.Model;

namespace Tracker.Core.Profiles;

/// <summary>What a merge would do.</summary>
/// <param name="Profiles">All profiles of the person that would be, the oldest first.</param>
/// <param name="Bars">What stands against it; empty: it would be done.</param>
/// <param name="Consequences">Every no of one that would count for another.</param>
public sealed record MergePreview(IReadOnlyList<ProfileId> Profiles, IReadOnlyList<MergeBar> Bars, IReadOnlyList<MergeConsequence> Consequences);
