using Tracker.Core.Model;

namespace Tracker.Core.Identities.Persons;

/// <summary>Two profiles that a caller says are one person.</summary>
/// <param name="CaseReference">Where the reason is on file; never a personal name.</param>
/// <param name="Violations">What the door could not even convert.</param>
public sealed record MergeDraft(ProfileReference? First, ProfileReference? Second, string CaseReference, IReadOnlyList<Violation> Violations);
