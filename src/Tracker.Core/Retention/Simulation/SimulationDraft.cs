using Tracker.Core.Model;

namespace Tracker.Core.Retention.Simulation;

/// <summary>The question "what would this rule change delete, and when?"</summary>
public sealed record SimulationDraft
{
    public Purpose Purpose { get; init; }

    public IReadOnlyList<RuleChange> Changes { get; init; } = [];

    /// <summary>0: 100,000. At most a million.</summary>
    public int MaxProfiles { get; init; }
}
