using Tracker.Core.Model;

namespace Tracker.Core.Policies.Reading;

/// <summary>The retention rules.</summary>
internal sealed class RuleReader(Findings findings)
{
    private const string AnyPurpose = "ANY";
    private const string FiscalEntry = "FISCAL_ENTRY";
    private const string MarketingDetail = "MARKETING_DETAIL";
    private const string Limit = "MAX";
    private const string Floor = "MIN";

    public IReadOnlyList<RetentionRule> Read(PolicyDocument document, CalendarPeriod outerCap)
    {
        var anchors = new Dictionary<string, Anchor>
        {
            [FiscalEntry] = findings.IsWord("FISCAL_YEAR_END", other: "ENTRY_DATE", document.FiscalAnchor, "$.fiscal_anchor") ? Anchor.FiscalYearEnd : Anchor.FiscalEntry,
            [MarketingDetail] = findings.IsWord("LAST_INTERACTION", other: "EVENT_TIME", document.MarketingDetailAnchor, "$.marketing_detail_anchor") ? Anchor.LastInteraction : Anchor.EventTime,
        };
        List<RetentionRule> rules = [.. document.Rules.Select((rule, i) => ToRule(rule, outerCap, anchors, Findings.Item("$.rules", rule.Id, i)))];
        findings.Unique(rules.Select(rule => rule.Id), "$.rules", "id");
        findings.Unique(
            rules.Where(rule => rule.Purpose != Purpose.Unspecified && rule.Category != DataCategory.Unspecified && rule.Basis != LegalBasis.None && rule.Ground != EPrivacyGround.Unspecified).Select(rule => $"{rule.Purpose}/{rule.Category}/{rule.Basis}/{rule.Ground}"),
            "$.rules",
            "purpose, category, basis and ground (two equally specific rules)");
        return rules;
    }

    private RetentionRule ToRule(PolicyDocument.RuleEntry entry, CalendarPeriod outerCap, Dictionary<string, Anchor> anchors, string path)
    {
        var isAny = entry.Purpose == AnyPurpose;
        var basis = findings.NameOrAny<LegalBasis>(entry.Basis, $"{path}.basis");
        findings.Check(entry.Id.Length > 0, $"{path}.id", "required");
        // One of a kind that is none may have been meant as a limit.
        findings.Check(entry.Ends.Any(end => end.Kind != Floor), $"{path}.ends", "a rule without any end is refused; a MIN alone is none");
        findings.Check(entry.LegalReference.Length > 0, $"{path}.legal_reference", "required");
        findings.Check(!isAny || basis is LegalBasis.LegitimateInterest or LegalBasis.None, $"{path}.purpose", "ANY is for a rule on LEGITIMATE_INTEREST only");
        return new RetentionRule
        {
            Id = entry.Id,
            Purpose = isAny ? null : findings.Name<Purpose>(entry.Purpose, $"{path}.purpose", words: basis == LegalBasis.LegitimateInterest ? [AnyPurpose] : []),
            Category = findings.NameOrAny<DataCategory>(entry.Category, $"{path}.category"),
            Basis = basis,
            Ground = findings.NameOrAny<EPrivacyGround>(entry.Ground, $"{path}.ground"),
            Action = findings.Name<RetentionAction>(entry.Action, $"{path}.action", zeroIsName: true),
            Terminators = [.. entry.Ends.Select((end, i) => ToTerminator(end, anchors, $"{path}.ends[{i}]"))],
            OuterCap = entry.OuterCap is null ? outerCap : findings.Period(entry.OuterCap, $"{path}.outer_cap"),
            JustificationId = entry.RetentionJustificationId,
            DpiaId = entry.DpiaId,
            LegalReference = entry.LegalReference,
        };
    }

    private Terminator ToTerminator(PolicyDocument.EndEntry entry, Dictionary<string, Anchor> anchors, string path)
    {
        var anchor = anchors.TryGetValue(entry.Anchor, out var chosen) ? chosen : findings.Name<Anchor>(entry.Anchor, $"{path}.anchor", zeroIsName: true, words: [MarketingDetail]);
        return new(anchor, findings.Period(entry.Period, $"{path}.period"), findings.IsWord(Floor, other: Limit, entry.Kind, $"{path}.kind"));
    }
}
