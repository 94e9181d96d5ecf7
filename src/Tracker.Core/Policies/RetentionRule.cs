using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>How long data is kept for a purpose. Null category or basis: any.</summary>
public sealed record RetentionRule
{
    public required string Id { get; init; }

    public required Purpose Purpose { get; init; }

    public DataCategory? Category { get; init; }

    public LegalBasis? Basis { get; init; }

    /// <summary>The earliest limit ends it, but never before the latest floor.</summary>
    public required IReadOnlyList<Terminator> Terminators { get; init; }

    /// <summary>The end from the time of the event while no anchor of the rule is known.</summary>
    public required CalendarPeriod OuterCap { get; init; }

    public required string LegalReference { get; init; }

    /// <summary>The clock slides with the last interaction: such content belongs in the contact document.</summary>
    public bool IsSliding => Terminators.Any(terminator => terminator.Anchor == Anchor.LastInteraction);
}
