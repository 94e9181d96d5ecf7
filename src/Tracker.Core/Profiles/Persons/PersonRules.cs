using System.Globalization;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Profiles.Persons;

/// <summary>What a request to merge or unmerge must be.</summary>
internal static class PersonRules
{
    private const int MaxReference = 64;

    public static Violations Check(MergeDraft draft)
    {
        var violations = Violations.After(draft.Violations);
        violations.Check("first", draft.First);
        violations.Check("second", draft.Second);
        violations.AddIf("case_reference", Text.Check(draft.CaseReference, MaxReference));
        return violations;
    }

    public static Violations Check(UnmergeDraft draft)
    {
        var violations = Violations.After(draft.Violations);
        violations.Check("profile", draft.Profile);
        violations.Require(draft.Link is not null, "link_id", "is required: ListProfileLinks has it");
        violations.AddIf("case_reference", Text.Check(draft.CaseReference, MaxReference));
        return violations;
    }

    /// <summary>Who is whom and who said no is read to look after a person, to show why, or to answer her.</summary>
    public static void CheckRead(this Violations violations, Purpose purpose) => violations.Require(
        purpose is Purpose.CustomerCare or Purpose.ConsentEvidence or Purpose.RightsHandling,
        "purpose",
        "must be CUSTOMER_CARE, CONSENT_EVIDENCE or RIGHTS_HANDLING: every read of personal data names what it is for (GDPR Art. 5(1)(b))");

    public static Violation Say(MergeBar bar, IdentityRules rules) => bar switch
    {
        MergeBar.DifferentIdentifiers => new("second", "has another value of a kind of identifier that a person has one of (a customer number): two values are two people"),
        MergeBar.TooManyProfiles => new("second", string.Create(CultureInfo.InvariantCulture, $"would make one person of more than {rules.MaxProfiles} profiles")),
        MergeBar.TooManyLinks => new("second", string.Create(CultureInfo.InvariantCulture, $"would be one link more than the {PersonGraph.MaxLinks} that a person may have had")),
        MergeBar.Restricted => new("second", "would join a person whose processing is restricted (GDPR Art. 18)"),
        _ => throw new ArgumentOutOfRangeException(nameof(bar), bar, "A bar without words."),
    };

    /// <summary>A receipt names a purchase, a cookie a machine: who says that two people are one says who they are.</summary>
    private static void Check(this Violations violations, string field, ProfileReference? reference)
    {
        violations.Require(reference is not null, field, "is required: profile_id or identifier");
        violations.Require(
            reference?.Identifier is not { Kind: not IdentifierKind.Unspecified } identifier || identifier.Kind != IdentifierKind.Receipt,
            $"{field}.identifier",
            "must not be a receipt number: it names a purchase and nobody");
    }
}
