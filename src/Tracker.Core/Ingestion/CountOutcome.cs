using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

public sealed record CountOutcome(string MessageId, Outcome Outcome, IReadOnlyList<Violation> Violations);
