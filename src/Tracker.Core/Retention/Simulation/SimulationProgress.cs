namespace Tracker.Core.Retention.Simulation;

/// <summary>How far a simulation has come, and what it has found so far.</summary>
/// <param name="IsDone">Nothing follows.</param>
/// <param name="IsComplete">Every profile of the tenant was looked at; false at the end: the bound was reached first.</param>
public sealed record SimulationProgress(int Profiles, bool IsDone, bool IsComplete, IReadOnlyList<SimulatedEffect> Effects);
