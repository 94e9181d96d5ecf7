using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>What the facts of the person say of the instants that one right runs from: the same when it is given as when it is read or reviewed.</summary>
public static class FactAnchors
{
    /// <param name="known">What the interaction itself says of them.</param>
    /// <param name="evidenceIds">The proof of the right.</param>
    public static RetentionAnchors Complete(RetentionAnchors known, Purpose purpose, IReadOnlyList<string> evidenceIds, Facts facts) => known with
    {
        ContractEnd = ContractEnd(known, purpose, evidenceIds, facts),
        LastPurchase = facts.LastPurchaseAt,
        CaseClosed = NotBefore(facts.DebtSettledAt, known.EventTime),
    };

    /// <summary>A membership ends when the person leaves, whatever else that they bought under it is over; what a contract that goes on carries, with that contract.</summary>
    private static DateTimeOffset? ContractEnd(RetentionAnchors known, Purpose purpose, IReadOnlyList<string> evidenceIds, Facts facts) => purpose switch
    {
        // Which sale it was nobody said, so nothing will tell of its end.
        _ when ContractKind.Purchase.Carries(evidenceIds) => known.EventTime,
        _ when ContractKind.Continuing.Carries(evidenceIds) => Earlier(known.ContractEnd, NotBefore(facts.ContractEndedAt, known.EventTime)),
        Purpose.LoyaltyProgramme => NotBefore(facts.LoyaltyLeftAt, known.EventTime),
        Purpose.ServiceDelivery or Purpose.CustomerCare => Earlier(known.ContractEnd, NotBefore(facts.AccountClosedAt, known.EventTime)),
        _ => known.ContractEnd,
    };

    private static DateTimeOffset? NotBefore(DateTimeOffset? fact, DateTimeOffset eventTime) => fact >= eventTime ? fact : null;

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;
}
