using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>When what goes on by itself was over, as seen from something that was kept: the first end that is known from then on.</summary>
/// <param name="told">What the records of the person tell beside the facts; null: not asked.</param>
internal readonly struct FactEnds(Facts facts, ContractEnds? told)
{
    public DateTimeOffset? Account(DateTimeOffset from) => First(FactKind.AccountClosed, facts.AccountClosedAt, from);

    public DateTimeOffset? Membership(DateTimeOffset from) => First(FactKind.LoyaltyLeft, facts.LoyaltyLeftAt, from);

    public DateTimeOffset? Debt(DateTimeOffset from) => First(FactKind.DebtSettled, facts.DebtSettledAt, from);

    public DateTimeOffset? Contract(DateTimeOffset from) => First(FactKind.ContractEnded, facts.ContractEndedAt, from);

    /// <summary>The end of what a right was proved by. What came after an end that was told later rested on nothing, unless it has begun anew since.</summary>
    public DateTimeOffset? Of(ContractKind proof, DateTimeOffset from) => proof switch
    {
        // Which sale it was nobody said, so nothing will tell of its end.
        ContractKind.Purchase => from,
        ContractKind.Continuing => Contract(from) ?? AtOnce(Stages.ContractOf(facts), from),
        ContractKind.Account => Account(from) ?? AtOnce(Stages.AccountOf(facts), from),
        ContractKind.Loyalty => Membership(from) ?? AtOnce(Stages.MembershipOf(facts), from),
        _ => null,
    };

    private static DateTimeOffset? AtOnce(StandingContract contract, DateTimeOffset from) =>
        contract.IsOver(from) && !(contract.Begun > contract.Ended) ? from : null;

    private DateTimeOffset? First(FactKind kind, DateTimeOffset? latest, DateTimeOffset from) =>
        told is not null ? told.First(kind, latest, from) : latest >= from ? latest : null;
}
