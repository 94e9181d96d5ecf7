namespace Tracker.Core.Retention.Simulation;

/// <summary>Other ends for one rule, as they would be written in a policy.</summary>
/// <param name="Ends">Empty: those of the rule.</param>
/// <param name="OuterCap">ISO 8601; empty: that of the rule.</param>
public sealed record RuleChange(string RuleId, IReadOnlyList<ProposedEnd> Ends, string OuterCap);
