using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>When what a right of the contact document rests on was over: what was so before the right was given ends nothing of it.</summary>
internal static class ContactAnchors
{
    /// <param name="contracts">What is known of the numbers that it names; null: not asked.</param>
    /// <returns>When the account or the membership was over, or the last of the contracts that prove it; null: not known, or one of them goes on.</returns>
    public static DateTimeOffset? ContractEnd(Grant grant, DateTimeOffset givenAt, Facts facts, ContractEnds? contracts)
    {
        var own = NotBefore(grant.Purpose == Purpose.LoyaltyProgramme ? facts.LoyaltyLeftAt : facts.AccountClosedAt, givenAt);
        DateTimeOffset? last = null;
        foreach (var evidence in grant.EvidenceIds)
        {
            if (EndOf(evidence, givenAt, facts, contracts) is not { } end)
            {
                return own;
            }

            last = last > end ? last : end;
        }

        return own is null || last < own ? last : own;
    }

    private static DateTimeOffset? EndOf(string evidence, DateTimeOffset givenAt, Facts facts, ContractEnds? contracts)
    {
        if (NamedContract.Read(evidence) is { } named)
        {
            return contracts?.Of(named, givenAt);
        }

        return !EnumNames<ContractKind>.TryParse(evidence, out var kind) ? null : kind switch
        {
            // Which sale it was nobody said, so nothing will tell of its end.
            ContractKind.Purchase => givenAt,
            ContractKind.Continuing => NotBefore(facts.ContractEndedAt, givenAt),
            ContractKind.Account => NotBefore(facts.AccountClosedAt, givenAt),
            ContractKind.Loyalty => NotBefore(facts.LoyaltyLeftAt, givenAt),
            _ => null,
        };
    }

    private static DateTimeOffset? NotBefore(DateTimeOffset? fact, DateTimeOffset givenAt) => fact >= givenAt ? fact : null;
}
