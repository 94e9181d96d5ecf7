namespace Tracker.Core.Policies;

/// <summary>From when until when something counts, as far as it is known.</summary>
/// <param name="Until">Exclusive; null: no end is known.</param>
public sealed record Validity(DateTimeOffset? From, DateTimeOffset? Until);
