namespace Tracker.Core.Policies;

/// <summary>What a retention period is counted from (compliance 3.1).</summary>
public enum Anchor : byte
{
    EventTime,
    Acquisition,

    /// <summary>The day the document is booked to.</summary>
    FiscalEntry,
    LastInteraction,
    ContractEnd,

    /// <summary>The consent was withdrawn or has ended.</summary>
    ConsentEnd,
    Objection,
    ObjectionUpheld,
    QuoteExpiry,

    /// <summary>A request was answered, a claim decided, a debt settled.</summary>
    CaseClosed,
    Review,

    /// <summary>The last day of the calendar year of the booking day (C3).</summary>
    FiscalYearEnd,

    /// <summary>The sale that a soft opt-in rests on, or a later one.</summary>
    LastPurchase,
}
