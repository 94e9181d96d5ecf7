using Tracker.Core.Model;

namespace Tracker.Core.Catalog;

/// <summary>What became of the entry at one place of a call: Accepted, or Invalid with every violation.</summary>
public sealed record UpsertOutcome(int Index, Outcome Outcome, IReadOnlyList<Violation> Violations);
