using Tracker.Core.Model;

namespace Tracker.Core.Identities.Persons;

/// <summary>A link that a caller takes back.</summary>
/// <param name="Profile">Any profile of the person.</param>
/// <param name="CaseReference">Where the reason is on file; never a personal name.</param>
/// <param name="Violations">What the door could not even convert.</param>
public sealed record UnmergeDraft(ProfileReference? Profile, LinkId? Link, string CaseReference, IReadOnlyList<Violation> Violations);
