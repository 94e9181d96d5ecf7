using Tracker.Core.Model;

namespace Tracker.Core.Policies.Proofs;

/// <summary>What GDPR Art. 9 names needs a condition of Art. 9(2) beside the basis.</summary>
internal static class SpecialCategories
{
    /// <summary>What conditions of the policy, other than explicit consent, let a purpose see.</summary>
    public static SpecialCategorySet CoveredBy(Policy policy, Purpose purpose)
    {
        var covered = default(SpecialCategorySet);
        for (var i = 0; i < policy.SpecialCategories.Count; i++)
        {
            if (policy.SpecialCategories[i].Purpose == purpose)
            {
                covered |= policy.SpecialCategories[i].Categories;
            }
        }

        return covered;
    }

    /// <summary>
    /// A condition of the policy for some of what the question is about, or an explicit consent that stands; whether that
    /// covers this contact is the basis' to prove.
    /// </summary>
    public static bool HasCondition(Policy policy, Purpose purpose, GateQuestion question) =>
        !(CoveredBy(policy, purpose) & question.Special).IsEmpty
        || question.History.Consents.Any(consent => consent.Purpose == purpose && consent.IsExplicit && !consent.IsPending && consent.Until > question.Now);
}
