using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>What a stored record says of the instants that its periods run from.</summary>
public static class RecordAnchors
{
    /// <param name="endedAt">When the order it belongs to was delivered, cancelled or returned, or the contract it names ended; null: not known.</param>
    public static RetentionAnchors Of(InteractionRecord record, Policy policy, Facts facts, DateOnly fiscalEntry, DateTimeOffset? endedAt) => new()
    {
        EventTime = record.OccurredAt,
        FiscalEntry = fiscalEntry,
        LastInteraction = record.OccurredAt,
        ContractEnd = ContractEnd(record, policy, facts, endedAt),
        QuoteExpiry = Stages.QuoteExpiry(facts, policy, record.OccurredAt),
    };

    /// <summary>The contact document slides with the last act of the person, and its account ends it.</summary>
    public static RetentionAnchors Of(ContactDocument contact, Policy policy, Facts facts) => new()
    {
        EventTime = contact.Decision.DecidedAt,
        FiscalEntry = CalendarArithmetic.LocalDate(contact.Decision.DecidedAt, policy.Zone),
        LastInteraction = contact.LastInteractionAt,
        ContractEnd = Stages.AccountOf(facts).Runs?.Until,
    };

    /// <summary>Leaving the loyalty programme ends no order that it names; what is kept for the programme ends by the facts.</summary>
    public static bool EndsContract(InteractionRecord record, Policy policy) =>
        policy.Types.TryGetValue(record.Type, out var type) && type is { EndsContract: true, Fact: not FactKind.LoyaltyLeft };

    private static DateTimeOffset? ContractEnd(InteractionRecord record, Policy policy, Facts facts, DateTimeOffset? endedAt)
    {
        if (EndsContract(record, policy))
        {
            return record.OccurredAt;
        }

        // The beginning of a contract may name no number; it ends with the contract of the person.
        var isContract = policy.Types.TryGetValue(record.Type, out var type) && type.Fact == FactKind.ContractStarted;
        return endedAt ?? (isContract && facts.ContractEndedAt >= record.OccurredAt ? facts.ContractEndedAt : null);
    }
}
