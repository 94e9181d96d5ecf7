using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Policies.Reading;

/// <summary>How far an overlay may go beyond its base: narrower without limit, wider only where this lets it.</summary>
internal sealed class OverlayBounds(Policy below, Policy above, Findings findings)
{
    internal static readonly Purpose[] Commercial =
        [Purpose.DirectMarketing, Purpose.Profiling, Purpose.Analytics, Purpose.Personalisation, Purpose.ThirdPartySharing, Purpose.EmailTracking];

    public void Check()
    {
        foreach (var rule in below.Purposes.Values)
        {
            if (above.Purposes.TryGetValue(rule.Purpose, out var laid))
            {
                CheckMatrix(rule, laid);
                CheckNeeds(rule, laid);
                Allow(
                    rule.Contracts.Count == 0 || laid.Contracts.All(rule.Contracts.Contains),
                    $"$.purposes[{EnumNames<Purpose>.Of(rule.Purpose)}].contracts",
                    $"no contract carries it but {string.Join(", ", rule.Contracts.Select(EnumNames<ContractKind>.Of))}");
            }
        }

        CheckFields();
        CheckLegalRules();
        CheckTypes();
        CheckChildren();
        foreach (var (purpose, reached) in below.ObjectionReach)
        {
            Allow(above.ObjectionReach.TryGetValue(purpose, out var laid) && reached.IsSubsetOf(laid), $"$.objection_reach.{EnumNames<Purpose>.Of(purpose)}", "an objection reaches no less than in the base");
        }
    }

    private void CheckMatrix(PurposeRule before, PurposeRule after)
    {
        for (var i = 0; i < after.Rows.Count; i++)
        {
            var row = after.Rows[i];
            var path = Findings.Row($"$.purposes[{EnumNames<Purpose>.Of(after.Purpose)}]", row.ContactChannels.Select(EnumNames<ContactChannel>.Of), i);
            foreach (var channel in Enum.GetValues<ContactChannel>().Where(channel => IsOf(row, channel)))
            {
                var old = before.Rows.FirstOrDefault(candidate => IsOf(candidate, channel));
                Allow(old is null || old.AlsoNeedsConsentTo.IsSubsetOf(row.AlsoNeedsConsentTo), $"{path}.requires_consent", "a consent that the base asks for stays");
                foreach (var (stage, cell) in row.Cells)
                {
                    var known = old?.Cells.GetValueOrDefault(stage) ?? [];
                    foreach (var added in cell.Where(basis => !known.Contains(basis)))
                    {
                        Allow(MayAdd(added, after.Purpose, stage, old), $"{path}.cells.{EnumNames<Stage>.Of(stage)}", $"{EnumNames<LegalBasis>.Of(added.Basis)} ({EnumNames<EPrivacyGround>.Of(added.Ground)}) may not be added here");
                    }
                }
            }
        }
    }

    private static bool IsOf(MatrixRow row, ContactChannel channel) =>
        channel == ContactChannel.Unspecified ? row.ContactChannels.Count == 0 : row.ContactChannels.Contains(channel);

    private static bool MayAdd(AdmissibleBasis added, Purpose purpose, Stage stage, MatrixRow? old)
    {
        if (added.Basis == LegalBasis.Consent)
        {
            var grounds = (old?.Cells.Values ?? []).SelectMany(cell => cell).Where(basis => basis.Basis == LegalBasis.Consent).Select(basis => basis.Ground).ToHashSet();
            return grounds.Count == 0 || grounds.Contains(added.Ground);
        }

        if (Commercial.Contains(purpose))
        {
            // Only where it is the very feature that the customer asked for (compliance 2.4).
            return purpose == Purpose.Personalisation && stage == Stage.Customer && added.Basis == LegalBasis.Contract;
        }

        return stage switch
        {
            Stage.Visitor => false,
            Stage.Lead => purpose == Purpose.ServiceDelivery && added.IsOnAccountTerms,
            _ => added.Ground == EPrivacyGround.NotApplicable,
        };
    }

    private void CheckNeeds(PurposeRule before, PurposeRule after)
    {
        var categories = before.Needs.Members().Select(below.CategoryOf).ToHashSet();
        foreach (var field in after.Needs.Except(before.Needs).Members().Where(field => !categories.Contains(below.CategoryOf(field))))
        {
            findings.Add($"$.purposes[{EnumNames<Purpose>.Of(after.Purpose)}].needs", $"{field.Path()} is of a category that the base gives this purpose nothing of");
        }
    }

    private void CheckFields()
    {
        foreach (var (field, before) in below.Fields)
        {
            var after = above.Fields[field];
            Allow(
                after.Category == before.Category
                    && (after.IsSpecialCategory || !before.IsSpecialCategory)
                    && (after.IsCriminal || !before.IsCriminal)
                    && (after.IsInferred || !before.IsInferred)
                    && (after.IsThirdPartyData || !before.IsThirdPartyData)
                    && (after.IsFreeText || !before.IsFreeText),
                $"$.fields[{field.Path()}]",
                "its category stays, and a flag may be added but not taken away");
        }
    }

    private void CheckLegalRules()
    {
        foreach (var before in below.LegalRules)
        {
            var after = above.LegalRules.FirstOrDefault(rule => rule.Id == before.Id);
            // The term is the law's, and a tenant is not released from it: shorter would leave out what is still owed (art. 133 Codice
            // del consumo binds the seller to the last day), longer would keep on a duty that is over. Whoever is under none leaves it out whole.
            Allow(
                after is null || (after.Purpose == before.Purpose && after.Types.IsSubsetOf(before.Types) && after.Fields.Except(before.Fields).IsEmpty && (before.AfterPurchase is null || after.AfterPurchase == before.AfterPurchase)),
                $"$.legal_rules[{before.Id}]",
                "a duty by law covers no more than in the base; another duty has an id of its own");
        }
    }

    private void CheckTypes()
    {
        foreach (var before in below.Types.Values)
        {
            if (above.Types.TryGetValue(before.Name, out var after))
            {
                Allow(
                    after.AdmissiblePurposes.IsSubsetOf(before.AdmissiblePurposes)
                        && after.Initiator == before.Initiator
                        && after.Fact == before.Fact
                        && after.EndsContract == before.EndsContract
                        && (before.ContactChannel == ContactChannel.Unspecified || after.ContactChannel == before.ContactChannel)
                        && (before.MovesLastInteraction || !after.MovesLastInteraction)
                        && (after.IsIdentifierRequired || !before.IsIdentifierRequired),
                    $"$.types[{before.Name}]",
                    "a type of the base may be given fewer purposes, move no clock, name its medium or ask for an identifier; nothing else of it changes");
            }
        }
    }

    private void CheckChildren()
    {
        var (before, after) = (below.Children, above.Children);
        foreach (var (country, age) in before.AgeOfConsent)
        {
            Allow(after.AgeOfConsent.GetValueOrDefault(country, after.DefaultAgeOfConsent) >= age, $"$.children.age_of_consent.{country}", "no age is lower than in the base");
        }

        Allow(
            after.DefaultAgeOfConsent >= before.DefaultAgeOfConsent && after.OfflineAgeOfConsent >= before.OfflineAgeOfConsent && after.AdultAge >= before.AdultAge,
            "$.children",
            "no age is lower than in the base");
        Allow(before.MayProfileMinors || !after.MayProfileMinors, "$.children.may_profile_minors", "an overlay does not let minors be profiled");
    }

    private void Allow(bool holds, string path, string what) => findings.Check(holds, path, $"{what} ({below.Version})");
}
