using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>A duty by law: the proof of LEGAL_OBLIGATION for a purpose and the types it covers.</summary>
public sealed record LegalRule(string Id, Purpose Purpose, IReadOnlySet<string> Types);
