namespace Tracker.Core.Policies;

/// <summary>What a retention period is counted from (compliance 3.1).</summary>
public enum Anchor : byte
{
    EventTime,
    Acquisition,
    FiscalEntry,
    LastInteraction,
    ContractEnd,
    ConsentEnd,
    Objection,
    ObjectionUpheld,
    QuoteExpiry,
    CaseClosed,
    Review,
}
