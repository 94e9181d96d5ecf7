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
            if (rule.Purpose == claim.Purpose && (claim.Question.Type is not { } type || rule.Types.Contains(type.Name)))
            {
                return claim.Permitted(rule.Id) with { Fields = rule.Fields };
            }
        }

        return claim.Denied(Reason.LegalRuleUnknown);
    }
}
