using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Policies;

/// <summary>What an interaction, stored or about to be, says of the instants that its periods run from.</summary>
public static class RecordAnchors
{
    /// <param name="endedAt">When the order it belongs to was delivered, cancelled or returned, or the contract it names ended; null: not known.</param>
    /// <param name="told">What the records of the person tell beside the facts; null: not asked.</param>
    public static RetentionAnchors Of(InteractionRecord record, Policy policy, Facts facts, DateOnly fiscalEntry, DateTimeOffset? endedAt, ContractEnds? told = null) =>
        Of(policy.Types.GetValueOrDefault(record.Type), record.OccurredAt, policy, facts, fiscalEntry, endedAt ?? EndOfUnnamed(record, policy, facts, told)) with { DecidedAt = record.Decision.DecidedAt };

    /// <param name="type">Null: the policy knows it no more.</param>
    /// <param name="endedAt">As above.</param>
    public static RetentionAnchors Of(InteractionType? type, DateTimeOffset occurredAt, Policy policy, Facts facts, DateOnly fiscalEntry, DateTimeOffset? endedAt) => new()
    {
        EventTime = occurredAt,
        FiscalEntry = fiscalEntry,
        LastInteraction = occurredAt,
        ContractEnd = type?.EndsWhatItNames == true ? occurredAt : endedAt,
        QuoteExpiry = Stages.QuoteExpiry(facts, policy, occurredAt),
    };

    /// <summary>The contact document slides with the last act of the person; what it rests on is each right's own (<see cref="ContactAnchors"/>).</summary>
    public static RetentionAnchors Of(ContactDocument contact, Policy policy) => new()
    {
        EventTime = contact.Decision.DecidedAt,
        DecidedAt = contact.Decision.DecidedAt,
        GivenAt = contact.Decision.DecidedAt,
        FiscalEntry = CalendarArithmetic.LocalDate(contact.Decision.DecidedAt, policy.Zone),
        LastInteraction = contact.LastInteractionAt,
    };

    /// <summary>Booked on the day the document says; the day it happened where it says none.</summary>
    /// <param name="content">Null: it cannot be read.</param>
    public static DateOnly FiscalEntry(InteractionContent? content, DateTimeOffset occurredAt, Policy policy) =>
        content?.Store?.BusinessDate ?? CalendarArithmetic.LocalDate(occurredAt, policy.Zone);

    public static bool EndsContract(InteractionRecord record, Policy policy) =>
        policy.Types.TryGetValue(record.Type, out var type) && type.EndsWhatItNames;

    /// <summary>The beginning of a contract may name no number, and then ends with the contract of the person.</summary>
    public static DateTimeOffset? EndOfUnnamed(InteractionType? type, DateTimeOffset occurredAt, bool isNamed, Facts facts, ContractEnds? told = null) =>
        type?.Fact == FactKind.ContractStarted && !isNamed ? new FactEnds(facts, told).Contract(occurredAt) : null;

    private static DateTimeOffset? EndOfUnnamed(InteractionRecord record, Policy policy, Facts facts, ContractEnds? told) => EndOfUnnamed(
        policy.Types.GetValueOrDefault(record.Type),
        record.OccurredAt,
        NamedContract.In(record.Grants).Any(named => named.Kind == NamedContract.Continuing),
        facts,
        told);
}
