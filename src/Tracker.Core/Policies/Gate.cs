using Tracker.Core.Model;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Policies;

/// <summary>
/// The one place that answers "may I?" (compliance 3.7). A basis must hold when the contact happened and now: collecting
/// must have been lawful then, keeping must be lawful now.
/// </summary>
public static class Gate
{
    public static Verdict Decide(Policy policy, Purpose purpose, GateQuestion question)
    {
        if (!policy.Purposes.TryGetValue(purpose, out var rule))
        {
            return Verdict.Denied(purpose, Reason.PurposeUnknown);
        }

        if (question.Type is { } type && !type.AdmissiblePurposes.Contains(purpose))
        {
            return Verdict.Denied(purpose, Reason.PurposeCategoryMismatch);
        }

        var then = Stages.At(question.Facts, policy, question.OccurredAt);
        var now = Stages.At(question.Facts, policy, question.Now);
        var reason = Reason.StageNotEligible;
        foreach (var row in rule.RowsFor(question.ContactChannel))
        {
            foreach (var admissible in row.Cells[now].Where(row.Cells[then].Contains))
            {
                var verdict = Prove(policy, purpose, admissible, question);
                if (verdict.IsPermitted)
                {
                    return verdict;
                }

                reason = verdict.Reason;
            }
        }

        return Verdict.Denied(purpose, reason);
    }

    /// <summary>The reason of an item none of whose purposes is permitted.</summary>
    public static Reason Summarise(IReadOnlyList<PurposeDenial> denials)
    {
        foreach (var denial in denials)
        {
            if (denial.Reason is not (Reason.ConsentMissing or Reason.StageNotEligible or Reason.LiaMissing or Reason.LegalRuleUnknown))
            {
                return denial.Reason;
            }
        }

        return Reason.NoLegalBasis;
    }

    private static Verdict Prove(Policy policy, Purpose purpose, AdmissibleBasis admissible, GateQuestion question) => admissible.Basis switch
    {
        LegalBasis.LegalObligation => ProveLegalRule(policy, purpose, admissible, question),
        // Only a duty of the tenant's own can be about nobody; all else is about a person.
        _ when !question.HasPerson => Verdict.Denied(purpose, Reason.NoLegalBasis),
        LegalBasis.Contract when admissible.IsOnAccountTerms && !HasAccount(question) => Verdict.Denied(purpose, Reason.ContractRefInvalid),
        LegalBasis.LegitimateInterest when admissible.IsIfMinimised => Verdict.Denied(purpose, Reason.ConsentMissing),
        LegalBasis.Consent => ProveConsent(purpose, admissible, question),
        LegalBasis.Contract or LegalBasis.PreContract => new(purpose, admissible.Basis, admissible.Ground, [question.Contract?.Evidence ?? ""], null, Reason.None),
        LegalBasis.LegitimateInterest when admissible.Ground == EPrivacyGround.Technical122 =>
            new(purpose, admissible.Basis, admissible.Ground, [], null, Reason.None),
        // An interest needs an assessment in force (EDPB 1/2024); the shipped profiles have none.
        LegalBasis.LegitimateInterest => Verdict.Denied(purpose, Reason.LiaMissing),
        _ => Verdict.Denied(purpose, Reason.BasisNotAdmissible),
    };

    /// <summary>An account that was open when it happened and is now.</summary>
    private static bool HasAccount(GateQuestion question) =>
        question.Facts.AccountOpenedAt <= question.OccurredAt && !(question.Facts.AccountClosedAt >= question.Facts.AccountOpenedAt);

    private static Verdict ProveLegalRule(Policy policy, Purpose purpose, AdmissibleBasis admissible, GateQuestion question)
    {
        var rule = policy.LegalRules.FirstOrDefault(rule =>
            rule.Purpose == purpose && (question.Type is null || rule.Types.Contains(question.Type.Name)));
        return rule is null
            ? Verdict.Denied(purpose, Reason.LegalRuleUnknown)
            : new(purpose, admissible.Basis, admissible.Ground, [rule.Id], null, Reason.None);
    }

    private static Verdict ProveConsent(Purpose purpose, AdmissibleBasis admissible, GateQuestion question)
    {
        var reason = Reason.ConsentMissing;
        foreach (var consent in question.History.Consents)
        {
            if (consent.Purpose != purpose)
            {
                continue;
            }

            var found = WhyNot(consent, question);
            if (found == Reason.None)
            {
                return new(purpose, LegalBasis.Consent, admissible.Ground, [consent.Id.ToString()], consent.Until, Reason.None);
            }

            // E05: one consent covered the contact and ended, another counts now. Neither covers both.
            reason = (reason, found) is (Reason.ConsentWithdrawn, Reason.ConsentNotRetroactive) or (Reason.ConsentNotRetroactive, Reason.ConsentWithdrawn)
                ? Reason.WithdrawalIntervened
                : found;
        }

        return Verdict.Denied(purpose, reason);
    }

    /// <summary>One span that covers both instants has no withdrawal between them: a withdrawal would have ended it.</summary>
    private static Reason WhyNot(ConsentSpan consent, GateQuestion question)
    {
        if (question.ContactChannel != ContactChannel.Unspecified && consent.ContactChannel != question.ContactChannel)
        {
            return Reason.ConsentScope;
        }

        if (consent.Until <= question.Now)
        {
            return consent.End != SpanEnd.Time ? Reason.ConsentWithdrawn : Reason.ConsentExpired;
        }

        return consent.From > question.OccurredAt ? Reason.ConsentNotRetroactive : Reason.None;
    }
}
