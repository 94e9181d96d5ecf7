using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>A person came to a stage.</summary>
/// <param name="Fact">What moved it; null: being named for the first time, or the passing of time.</param>
public sealed record StageChange(Stage Stage, DateTimeOffset At, FactKind? Fact);
