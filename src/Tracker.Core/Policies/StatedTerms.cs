using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>The terms that a policy keeps data for, as a notice would state them.</summary>
public static class StatedTerms
{
    /// <summary>The longest that the rules keep what a consent to a purpose carries; null: one of them has no term. Not the log that outlives it.</summary>
    public static CalendarPeriod? OfConsent(Policy policy, Purpose purpose) =>
        Longest([.. RulesInUse(policy, purpose, basis => basis.Basis == LegalBasis.Consent).Where(rule => !rule.OutlivesConsent)]);

    /// <summary>The same of marketing on a soft opt-in.</summary>
    public static CalendarPeriod? OfSoftOptIn(Policy policy) => Longest(RulesInUse(policy, Purpose.DirectMarketing, basis => basis.Ground == EPrivacyGround.SoftOptIn1304));

    /// <summary>What was shown under a shorter rule says no more for being registered under a longer one (E20).</summary>
    /// <param name="shownFrom">Since when it has been shown.</param>
    /// <param name="termOf">The term as one policy has it; null: it has none.</param>
    public static CalendarPeriod? Shortest(Policy policy, DateTimeOffset shownFrom, Func<Policy, CalendarPeriod?> termOf) =>
        policy.FindEarlierSince(shownFrom).Append(policy).Select(termOf).Aggregate((CalendarPeriod?)null, Shorter);

    /// <summary>The rules for a purpose that keep something whatever was said with a gift of the person's: on other bases, and of a consent the log that outlives it.</summary>
    public static IEnumerable<RetentionRule> KeptByRule(Policy policy, Purpose purpose) => RulesInUse(policy, purpose, basis => CarriesByItself(basis, purpose, policy))
        .Concat(RulesInUse(policy, purpose, basis => basis.Basis == LegalBasis.Consent).Where(rule => rule.OutlivesConsent))
        .Distinct();

    private static bool CarriesByItself(AdmissibleBasis basis, Purpose purpose, Policy policy) =>
        basis.Basis != LegalBasis.Consent
        && basis.Ground != EPrivacyGround.SoftOptIn1304
        // An interest that nobody has weighed carries nothing but what is technical.
        && (basis.Basis != LegalBasis.LegitimateInterest || basis.Ground == EPrivacyGround.Technical122 || policy.Assessments.Any(assessment => assessment.Purpose == purpose));

    /// <summary>The rules that keep anything for a purpose on one of these bases.</summary>
    public static IReadOnlyList<RetentionRule> RulesInUse(Policy policy, Purpose purpose, Func<AdmissibleBasis, bool> isMeant) => policy.Purposes.TryGetValue(purpose, out var rule)
        ?
        [
            .. rule.Rows
                .SelectMany(row => row.Cells.Values)
                .SelectMany(cell => cell)
                .Distinct()
                .Where(isMeant)
                .SelectMany(basis => Enum.GetValues<DataCategory>().Select(category => policy.FindRule(purpose, category, basis.Basis, basis.Ground)))
                .OfType<RetentionRule>()
                .Distinct(),
        ]
        : [];

    /// <summary>Whether a rule keeps longer than that.</summary>
    public static bool Exceeds(RetentionRule rule, CalendarPeriod stated) => rule.StatedTerm is not { } term || term.CanExceed(stated);

    /// <returns>The longest term of those rules; null: one of them has none, or there is no rule.</returns>
    public static CalendarPeriod? Longest(IReadOnlyList<RetentionRule> rules)
    {
        CalendarPeriod? longest = null;
        foreach (var rule in rules)
        {
            if (rule.StatedTerm is not { } term)
            {
                return null;
            }

            longest = Longer(longest, term);
        }

        return longest;
    }

    /// <summary>Of several consents that carry the same the longest counts that one of them states.</summary>
    public static CalendarPeriod? Longer(CalendarPeriod? a, CalendarPeriod? b) =>
        a is null || a == b ? b : b is { } other && other.CanExceed(a.Value) ? b : a;

    /// <summary>Where all of several consents are needed, the shortest.</summary>
    public static CalendarPeriod? Shorter(CalendarPeriod? a, CalendarPeriod? b) =>
        a is null || a == b ? b : b is { } other && a.Value.CanExceed(other) ? b : a;
}
