using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>What the facts of the person say of the instants that one right runs from: the same when it is given as when it is read or reviewed.</summary>
public static class FactAnchors
{
    /// <param name="known">What the interaction itself says of them.</param>
    /// <param name="evidenceIds">The proof of the right.</param>
    /// <param name="told">What the records of the person tell beside the facts; null: not asked.</param>
    public static RetentionAnchors Complete(in RetentionAnchors known, Purpose purpose, IReadOnlyList<string> evidenceIds, Facts facts, ContractEnds? told = null)
    {
        var ends = new FactEnds(facts, told);
        return known with
        {
            ContractEnd = ContractEnd(known, purpose, evidenceIds, ends),
            LastPurchase = facts.LastPurchaseAt,
            CaseClosed = ends.Debt(known.EventTime),
        };
    }

    /// <summary>A membership ends when the person leaves, whatever else that they bought under it is over; what a contract that goes on carries, with that contract.</summary>
    private static DateTimeOffset? ContractEnd(in RetentionAnchors known, Purpose purpose, IReadOnlyList<string> evidenceIds, FactEnds ends) => purpose switch
    {
        _ when ContractKind.Purchase.Carries(evidenceIds) => known.EventTime,
        _ when ContractKind.Continuing.Carries(evidenceIds) => Earlier(known.ContractEnd, ends.Of(ContractKind.Continuing, known.EventTime)),
        Purpose.LoyaltyProgramme => ContractKind.Loyalty.Carries(evidenceIds) ? ends.Of(ContractKind.Loyalty, known.EventTime) : ends.Membership(known.EventTime),
        Purpose.ServiceDelivery or Purpose.CustomerCare => Earlier(
            known.ContractEnd,
            ContractKind.Account.Carries(evidenceIds) ? ends.Of(ContractKind.Account, known.EventTime) : ends.Account(known.EventTime)),
        _ => known.ContractEnd,
    };

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;
}
