using Tracker.Core.Model;

namespace Tracker.Core.Policies.Proofs;

/// <summary>A duty by law that names the type, and the fields it asks for .</summary>
internal static class LegalRuleProof
{
    public static Verdict Of(in Claim claim)
    {
        var rules = claim.Policy.LegalRules;
        for (var i = 0; i < rules.Count; i++)
        {
            var rule = rules[i];
            if (rule.Purpose == claim.Purpose && Covers(rule, claim) && Lasts(rule, claim))
            {
                return claim.Permitted(rule.Id) with { Fields = rule.Fields };
            }
        }

        return claim.Denied(Reason.LegalRuleUnknown);
    }

    /// <summary>A duty about certain types has come up where one of them may have happened: with somebody who has bought, or had a contract; leaving a loyalty programme is neither.</summary>
    private static bool Covers(LegalRule rule, in Claim claim) => claim.Question.Type is { } type
        ? rule.Types.Contains(type.Name)
        : rule.Types.Count == 0 || claim.Question.Facts.FirstPurchaseAt <= claim.Question.Now || (claim.Question.Facts.ContractStartedAt ?? claim.Question.Facts.ContractEndedAt) <= claim.Question.Now;

    /// <summary>A duty that follows from a sale is over some time after the last one (compliance 2.4, "warranty tail").</summary>
    private static bool Lasts(LegalRule rule, in Claim claim)
    {
        var facts = claim.Question.Facts;
        return rule.AfterPurchase is not { } period
            || Stages.HasOpenContract(facts, claim.Question.OccurredAt)
            || Stages.HasBoughtWithin(facts, period, claim.Policy, claim.Question.OccurredAt)
            // A return, too, tells of a sale.
            || (facts.FirstPurchaseAt is { } first && first <= claim.Question.OccurredAt && CalendarArithmetic.IsBefore(claim.Question.OccurredAt, first, period, claim.Policy.Zone));
    }
}
