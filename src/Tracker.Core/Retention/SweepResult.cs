namespace Tracker.Core.Retention;

/// <summary>What one pass of the sweeper did.</summary>
/// <param name="Deleted">Documents deleted, by kind.</param>
/// <param name="IsDone">Nothing that is due was left when the pass ended.</param>
public sealed record SweepResult(IReadOnlyDictionary<ExpiredKind, int> Deleted, bool IsDone);
