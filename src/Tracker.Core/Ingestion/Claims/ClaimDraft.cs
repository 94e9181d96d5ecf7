using Tracker.Core.Model;

namespace Tracker.Core.Ingestion.Claims;

/// <summary>A claim as a caller sent it, not yet believed.</summary>
public sealed record ClaimDraft
{
    public Identifier? Receipt { get; init; }

    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    public Money? Total { get; init; }

    public DateOnly? BusinessDate { get; init; }

    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>What the door could not even convert.</summary>
    public IReadOnlyList<Violation> Violations { get; init; } = [];
}
