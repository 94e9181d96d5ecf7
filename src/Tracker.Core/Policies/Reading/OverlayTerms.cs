using Tracker.Core.Model;

namespace Tracker.Core.Policies.Reading;

/// <summary>An overlay keeps nothing longer than its base, but for a rule that names its justification; and nothing shorter than the law asks.</summary>
internal sealed class OverlayTerms(Policy below, Policy above, Findings findings)
{
    public void Check()
    {
        Allow(above.Zone.Id == below.Zone.Id, "$.time_zone", "the calendar is that of the base");
        Shorter(policy => policy.ActivityWindow, "$.activity_window");
        Shorter(policy => policy.QuoteValidity, "$.quote_validity");
        Shorter(policy => policy.InactivityCap, "$.inactivity_cap");
        Shorter(policy => policy.DeviceConsentValidity, "$.device_consent_validity");
        Shorter(policy => policy.ConfirmationValidity, "$.confirmation_validity");
        Shorter(policy => policy.NoticeGrace, "$.notice_grace");
        Shorter(policy => policy.RegisterCheckValidity, "$.register_check_validity");
        Shorter(policy => policy.RegisterContractTail, "$.register_contract_tail");
        Shorter(policy => policy.SoftOptInWindow, "$.soft_opt_in_window");
        Shorter(policy => policy.OuterCap, "$.outer_cap");
        Allow(!below.ReaskAfter.CanExceed(above.ReaskAfter), "$.reask_after", "who has refused is not asked again sooner");
        foreach (var (before, after) in Successors())
        {
            CheckFloors(before, after);
            CheckLimits(before, after);
        }
    }

    /// <summary>Which rule stands where which rule of the base stood, whatever their keys.</summary>
    private IEnumerable<(RetentionRule Before, RetentionRule After)> Successors() =>
        (from purpose in Enum.GetValues<Purpose>().Skip(1)
         from category in Enum.GetValues<DataCategory>().Skip(1)
         from basis in Enum.GetValues<LegalBasis>().Skip(1)
         from ground in Enum.GetValues<EPrivacyGround>().Skip(1)
         let before = below.FindRule(purpose, category, basis, ground)
         let after = above.FindRule(purpose, category, basis, ground)
         where before is not null && after is not null && IsKeyRead(before.Id)
         select (before, after)).Distinct();

    /// <summary>A rule whose key could not be read leaves its place to another, which is not judged for it.</summary>
    private bool IsKeyRead(string id) =>
        Array.TrueForAll(["purpose", "category", "basis", "ground"], (string member) => findings.IsSound($"$.rules[{id}].{member}"));

    private void CheckFloors(RetentionRule before, RetentionRule after)
    {
        foreach (var floor in before.Terminators.Where(terminator => terminator.IsFloor))
        {
            Allow(
                after.Terminators.Any(candidate => candidate.IsFloor && IsSame(floor.Anchor, candidate.Anchor) && !floor.Period.CanExceed(candidate.Period)),
                $"$.rules[{after.Id}].ends",
                $"the statutory floor of {before.Id} may not go below {floor.Period}");
        }
    }

    private void CheckLimits(RetentionRule before, RetentionRule after)
    {
        foreach (var limit in before.Terminators.Where(terminator => !terminator.IsFloor))
        {
            var holds = after.Terminators.Any(candidate => !candidate.IsFloor && IsSame(limit.Anchor, candidate.Anchor) && !candidate.Period.CanExceed(limit.Period));
            var isAct = limit.Period == default;
            Allow(
                holds || (!isAct && after.JustificationId.Length > 0),
                $"$.rules[{after.Id}].ends",
                isAct
                    ? $"{EnumNames<Anchor>.Of(limit.Anchor)} ends {before.Id} at once, and ends this as well"
                    : $"longer than {before.Id} (or not counted from {EnumNames<Anchor>.Of(limit.Anchor)}): needs retention_justification_id");
        }

        Allow(!after.OuterCap.CanExceed(before.OuterCap), $"$.rules[{after.Id}].outer_cap", $"not longer than {before.OuterCap}");
    }

    /// <summary>The two choices of compliance C1 and C3 are the tenant's.</summary>
    private static bool IsSame(Anchor before, Anchor after) => before == after
        || (before, after) is (Anchor.FiscalEntry, Anchor.FiscalYearEnd);

    private void Shorter(Func<Policy, CalendarPeriod> period, string path) =>
        Allow(!period(above).CanExceed(period(below)), path, $"not longer than {period(below)}");

    private void Allow(bool holds, string path, string what) => findings.Check(holds, path, $"{what} ({below.Version})");
}
