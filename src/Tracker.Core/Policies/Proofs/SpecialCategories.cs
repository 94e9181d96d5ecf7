using Tracker.Core.Model;

namespace Tracker.Core.Policies.Proofs;

/// <summary>What GDPR Art. 9 names needs a condition of Art. 9(2) beside the basis.</summary>
internal static class SpecialCategories
{
    /// <summary>The policy records, for all that was found, conditions other than explicit consent.</summary>
    /// <param name="found">Empty: nothing special was found, and any condition covers it.</param>
    public static bool HasRule(Policy policy, Purpose purpose, IReadOnlySet<SpecialCategory> found)
    {
        var hasAny = false;
        var covered = 0;
        for (var i = 0; i < policy.SpecialCategories.Count; i++)
        {
            if (policy.SpecialCategories[i].Purpose == purpose)
            {
                hasAny = true;
                covered |= BitsOf(policy.SpecialCategories[i].Categories);
            }
        }

        return hasAny && (BitsOf(found) & ~covered) == 0;
    }

    /// <summary>A condition recorded in the policy, or an explicit consent that stands; whether it covers this contact is the basis' to prove.</summary>
    public static bool HasCondition(Policy policy, Purpose purpose, GateQuestion question) =>
        HasRule(policy, purpose, question.SpecialCategories)
        || question.History.Consents.Any(consent => consent.Purpose == purpose && consent.IsExplicit && !consent.IsPending && consent.Until > question.Now);

    private static int BitsOf(IReadOnlySet<SpecialCategory> categories)
    {
        var bits = 0;
        foreach (var category in categories)
        {
            bits |= 1 << (int)category;
        }

        return bits;
    }
}
