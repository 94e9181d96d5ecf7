using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>When what a right of the contact document rests on was over: what was so before the right was given ends nothing of it.</summary>
internal static class ContactAnchors
{
    /// <param name="contracts">What is known of the numbers that it names; null: not asked.</param>
    /// <returns>When the account or the membership was over, or the last of the contracts that prove it; null: not known, or one of them goes on.</returns>
    public static DateTimeOffset? ContractEnd(Grant grant, DateTimeOffset givenAt, Facts facts, ContractEnds? contracts)
    {
        var ends = new FactEnds(facts, contracts);
        var own = grant.Purpose switch
        {
            Purpose.LoyaltyProgramme => ends.Membership(givenAt),
            Purpose.ServiceDelivery or Purpose.CustomerCare => ends.Account(givenAt),
            _ => null,
        };
        DateTimeOffset? last = null;
        foreach (var evidence in grant.EvidenceIds)
        {
            if (EndOf(evidence, givenAt, ends, contracts) is not { } end)
            {
                return own;
            }

            last = last > end ? last : end;
        }

        return own is null || last < own ? last : own;
    }

    private static DateTimeOffset? EndOf(string evidence, DateTimeOffset givenAt, FactEnds ends, ContractEnds? contracts)
    {
        if (NamedContract.Read(evidence) is { } named)
        {
            return contracts?.Of(named, givenAt);
        }

        return EnumNames<ContractKind>.TryParse(evidence, out var kind) ? ends.Of(kind, givenAt) : null;
    }
}
