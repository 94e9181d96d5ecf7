using Tracker.Core.Model;

namespace Tracker.Core.Policies.Proofs;

/// <summary>What GDPR Art. 9 names needs a condition of Art. 9(2) beside the basis.</summary>
internal static class SpecialCategories
{
    /// <summary>The policy records one other than explicit consent.</summary>
    public static bool HasRule(Policy policy, Purpose purpose)
    {
        for (var i = 0; i < policy.SpecialCategories.Count; i++)
        {
            if (policy.SpecialCategories[i].Purpose == purpose)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A condition recorded in the policy, or an explicit consent that stands; whether it covers this contact is the basis' to prove.</summary>
    public static bool HasCondition(Policy policy, Purpose purpose, GateQuestion question) =>
        HasRule(policy, purpose)
        || question.History.Consents.Any(consent => consent.Purpose == purpose && consent.IsExplicit && !consent.IsPending && consent.Until > question.Now);
}
