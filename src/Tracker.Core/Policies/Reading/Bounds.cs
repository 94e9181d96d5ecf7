using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies.Proofs;

namespace Tracker.Core.Policies.Reading;

/// <summary>What holds between the parts of a policy, whoever wrote it.</summary>
internal sealed class Bounds(Findings findings)
{
    /// <summary>The authority's terms for detail (Garante 24 Feb 2005); what is like profiling counts as profiling.</summary>
    private static readonly (Purpose Purpose, int Months)[] Caps =
    [
        (Purpose.Profiling, 12),
        (Purpose.Analytics, 12),
        (Purpose.Personalisation, 12),
        (Purpose.EmailTracking, 12),
        (Purpose.DirectMarketing, 24),
    ];

    public void Check(Policy policy)
    {
        CheckPurposes(policy);
        CheckIdentity(policy.Identity);
        foreach (var rule in policy.Rules)
        {
            CheckCap(rule, $"$.rules[{rule.Id}]");
        }

        for (var i = 0; i < policy.SpecialCategories.Count; i++)
        {
            var purpose = policy.SpecialCategories[i].Purpose;
            findings.Check(
                !OverlayBounds.Commercial.Contains(purpose),
                $"$.special_categories[{i}].purpose",
                $"only an explicit consent shows special categories to {EnumNames<Purpose>.Of(purpose)} (GDPR Art. 9(2)(a))");
        }

        CheckReach(policy);
        foreach (var (purpose, promised) in policy.NoticeRetention)
        {
            CheckNotice(policy, purpose, promised);
        }
    }

    /// <summary>What has no end may not be kept: a rule for everything that the matrix could let through.</summary>
    private void CheckPurposes(Policy policy)
    {
        foreach (var purpose in policy.Purposes.Values)
        {
            var name = EnumNames<Purpose>.Of(purpose.Purpose);
            var admitted = findings.IsSound($"$.purposes[{name}].matrix") ? Admitted(purpose) : [];
            foreach (var basis in admitted.Where(basis => Enum.GetValues<DataCategory>().Any(category => policy.FindRule(purpose.Purpose, category, basis.Basis, basis.Ground) is null)))
            {
                findings.Add("$.rules", $"no retention rule for {name} on {EnumNames<LegalBasis>.Of(basis.Basis)}: what has no end may not be kept");
            }

            CheckFields(policy, purpose, name);
        }
    }

    private void CheckFields(Policy policy, PurposeRule purpose, string name)
    {
        // What a marked field reveals is not said: it may be any category.
        var hasCondition = SpecialCategories.CoveredBy(policy, purpose.Purpose).Contains(SpecialCategorySet.OfArticle9);
        var needs = $"{Findings.Item("$.purposes", name, 0)}.needs";
        foreach (var field in purpose.Needs.Members().Select(field => policy.Fields[field]))
        {
            var path = field.Field.Path();
            findings.Check(!field.IsCriminal, needs, $"{name} needs {path}, which is about criminal offences (GDPR Art. 10)");
            findings.Check(!field.IsFreeText || purpose.Purpose != Purpose.Profiling, needs, $"{name} needs {path}, which is free text and may hold anything");
            findings.Check(
                !field.IsSpecialCategory || purpose.MayRestOnConsent || hasCondition,
                needs,
                $"{name} needs {path}, a special category, and has neither a consent nor a condition for every category in special_categories (GDPR Art. 9(2))");
        }
    }

    /// <summary>No objection ends what is owed to the person, or by law: it reaches what only a consent or an interest carries, and one to marketing what is like it.</summary>
    private void CheckReach(Policy policy)
    {
        foreach (var (objected, reached) in policy.ObjectionReach)
        {
            foreach (var purpose in reached.Where(purpose => purpose != Purpose.Unspecified && !MayBeReached(policy, objected, purpose)))
            {
                findings.Add(
                    $"$.objection_reach.{EnumNames<Purpose>.Of(objected)}",
                    $"an objection does not reach {EnumNames<Purpose>.Of(purpose)}, which is owed to the person or by law, or is no marketing (GDPR Art. 21(1), (3))");
            }
        }
    }

    private static bool MayBeReached(Policy policy, Purpose objected, Purpose reached)
    {
        HashSet<LegalBasis> bases = policy.Purposes.TryGetValue(reached, out var rule) ? [.. Admitted(rule).Select(basis => basis.Basis)] : [];
        return OverlayBounds.Commercial.Contains(reached)
            || (objected != Purpose.DirectMarketing && bases.Count > 0 && bases.IsSubsetOf([LegalBasis.Consent, LegalBasis.LegitimateInterest]));
    }

    private void CheckCap(RetentionRule rule, string path)
    {
        foreach (var (purpose, months) in Caps.Where(cap => cap.Purpose == rule.Purpose))
        {
            var isBeyond = rule.StatedTerm is not { } term || term.CanExceed(CalendarPeriod.OfMonths(months));
            findings.Check(
                !isBeyond || (rule.JustificationId.Length > 0 && rule.DpiaId.Length > 0),
                path,
                $"{EnumNames<Purpose>.Of(purpose)} beyond P{months}M needs retention_justification_id and dpia_id (Garante 24 Feb 2005, doc. web 1103045; GDPR Art. 35)");
        }
    }

    private void CheckNotice(Policy policy, Purpose purpose, CalendarPeriod promised)
    {
        foreach (var kept in StatedTerms.RulesInUse(policy, purpose, _ => true))
        {
            findings.Check(
                !StatedTerms.Exceeds(kept, promised),
                $"$.rules[{kept.Id}]",
                $"keeps {EnumNames<Purpose>.Of(purpose)} longer than {promised}, which the notice states in notice_retention (GDPR Art. 13(2)(a))");
        }
    }

    private static IEnumerable<AdmissibleBasis> Admitted(PurposeRule rule) => rule.Rows.SelectMany(row => row.Cells.Values).SelectMany(cell => cell).Distinct();

    /// <summary>A machine must not outvote a person. Of what is wrong in itself no order is told.</summary>
    private void CheckIdentity(IdentityRules rules)
    {
        if (!findings.IsSound("$.identity.kinds"))
        {
            return;
        }

        var least = rules.Kinds.Values.Where(rule => rule.Names == NamedBy.Person).Select(rule => rule.Priority).DefaultIfEmpty(int.MaxValue).Min();
        foreach (var (kind, _) in rules.Kinds.Where(kind => kind.Value.Names is NamedBy.Household or NamedBy.Machine && kind.Value.Priority >= least))
        {
            findings.Add($"$.identity.kinds.{EnumNames<IdentifierKind>.Of(kind)}.priority", "must be lower than that of every kind that names a person");
        }
    }
}
