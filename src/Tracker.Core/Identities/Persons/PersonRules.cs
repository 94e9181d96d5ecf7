using System.Globalization;
using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Identities.Persons;

/// <summary>What a request to merge or unmerge must be.</summary>
internal static class PersonRules
{
    private const int MaxReference = 64;

    public static Violations Check(MergeDraft draft, IdentityRules rules)
    {
        var violations = Violations.After(draft.Violations);
        violations.Check("first", draft.First, rules);
        violations.Check("second", draft.Second, rules);
        violations.AddIf("case_reference", Text.Check(draft.CaseReference, MaxReference));
        return violations;
    }

    public static Violations Check(UnmergeDraft draft, IdentityRules rules)
    {
        var violations = Violations.After(draft.Violations);
        violations.Check("profile", draft.Profile, rules);
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

    /// <summary>
    /// Who says that two people are one says who they are. A receipt names a purchase, and a machine leads to whoever named themselves on it
    /// last, which may be somebody else by the time of the merge (E11).
    /// </summary>
    private static void Check(this Violations violations, string field, ProfileReference? reference, IdentityRules rules)
    {
        violations.Require(reference is not null, field, "is required: profile_id or identifier");
        if (reference?.Identifier is { Kind: not IdentifierKind.Unspecified and var kind } && !rules.NamesAPerson(kind))
        {
            violations.Add($"{field}.identifier", $"must be of a kind that names a person, which {EnumNames<IdentifierKind>.Of(kind)} does not by the policy; profile_id names the profile");
        }
    }
}
