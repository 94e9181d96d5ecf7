using System.Diagnostics;
using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>What is known of the instants that retention periods run from; null: not yet.</summary>
public readonly record struct RetentionAnchors
{
    public required DateTimeOffset EventTime { get; init; }

    /// <summary>When it was decided: what became known later was not asked. Null: it is decided now.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Of the contact document, which is written anew with each statement: when the right was given, or the document at the latest. Null: a record.</summary>
    public DateTimeOffset? GivenAt { get; init; }

    /// <summary>The day the document is booked to (art. 2220 c.c.).</summary>
    public required DateOnly FiscalEntry { get; init; }

    /// <summary>For a record its own time: interaction detail has fixed caps.</summary>
    public required DateTimeOffset LastInteraction { get; init; }

    public DateTimeOffset? ContractEnd { get; init; }

    public DateTimeOffset? ConsentEnd { get; init; }

    public DateTimeOffset? Objection { get; init; }

    public DateTimeOffset? ObjectionUpheld { get; init; }

    public DateTimeOffset? QuoteExpiry { get; init; }

    public DateTimeOffset? CaseClosed { get; init; }

    /// <summary>The last time that somebody looked whether it is still needed.</summary>
    public DateTimeOffset? Review { get; init; }

    /// <summary>Null: none is known, and the period runs from the event.</summary>
    public DateTimeOffset? LastPurchase { get; init; }

    /// <summary>Anchors of a proof whose consent ended, or will end, at that instant.</summary>
    public static RetentionAnchors ForEvidence(DateTimeOffset end, TimeZoneInfo zone) => new()
    {
        EventTime = end,
        FiscalEntry = CalendarArithmetic.LocalDate(end, zone),
        LastInteraction = end,
        ConsentEnd = end,
    };

    /// <summary>As another policy has them.</summary>
    public RetentionAnchors By(Policy policy, Facts facts) => QuoteExpiry is null ? this : this with { QuoteExpiry = Stages.QuoteExpiry(facts, policy, EventTime) };

    public DateTimeOffset? At(Anchor anchor) => anchor switch
    {
        Anchor.EventTime or Anchor.Acquisition => EventTime,
        Anchor.LastInteraction => LastInteraction,
        Anchor.ContractEnd => ContractEnd,
        Anchor.ConsentEnd => ConsentEnd,
        Anchor.Objection => Objection,
        Anchor.ObjectionUpheld => ObjectionUpheld,
        Anchor.QuoteExpiry => QuoteExpiry,
        Anchor.CaseClosed => CaseClosed,
        Anchor.Review => Review,
        Anchor.LastPurchase => LastPurchase ?? EventTime,
        Anchor.FiscalEntry or Anchor.FiscalYearEnd => throw new UnreachableException("A booking is a day and no instant."),
        _ => throw new UnreachableException(),
    };
}
