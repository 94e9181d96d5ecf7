using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Retention;

/// <summary>What a hold must say of itself, checked once at the door.</summary>
internal static class LegalHoldRules
{
    public static readonly Violation IdReused = new("id", "was used for another hold; every hold needs its own");

    public static readonly Violation Unknown = new("id", "names no hold");

    private const int MaxIdLength = 40;
    private const int MaxApproverLength = 128;

    private static readonly CalendarPeriod MaxReview = CalendarPeriod.OfMonths(12);

    public static void Check(LegalHoldDraft draft, Policy policy, DateTimeOffset now)
    {
        var violations = new Violations();
        violations.AddIf("id", Text.Check(draft.Id, MaxIdLength, isRequired: true));
        violations.Require(draft.Kind != HoldKind.Unspecified, "kind", "is required");
        violations.Require(draft.Profiles.Count is > 0 and <= LegalHolds.MaxProfiles, "profiles", $"must name 1 to {LegalHolds.MaxProfiles} profiles");
        violations.Require(!draft.Classes.IsEmpty, "classes", "must name at least one retention class");
        violations.AddIf("approved_by", Text.Check(draft.ApprovedBy, MaxApproverLength, isRequired: true));
        violations.Require(draft.ReviewAt is { } review && review > now && review <= policy.Add(now, MaxReview), "review_at", "must be in the future, at most twelve months ahead: a hold is confirmed again, or released");
        violations.Refuse();
    }

    /// <summary>A repeat after a crash goes on with the same hold; asked for again later, it is confirmed until its new day of review.</summary>
    public static bool IsSame(LegalHold known, LegalHold asked) =>
        known.ReleasedAt is null && known.Classes == asked.Classes && known.Profiles.SequenceEqual(asked.Profiles);
}
