namespace Tracker.Core.Retention.Simulation;

/// <summary>One end as it would be written in a policy: an anchor's name, an ISO 8601 period, a floor or a limit.</summary>
public sealed record ProposedEnd(string Anchor, string Period, bool IsFloor);
