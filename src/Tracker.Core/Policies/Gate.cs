using Tracker.Core.Model;
using Tracker.Core.Policies.Proofs;

namespace Tracker.Core.Policies;

/// <summary>
/// The one place that answers "may I?" (compliance 3.7). A basis must hold when the contact happened and now: collecting
/// must have been lawful then, keeping must be lawful now.
/// </summary>
public static class Gate
{
    public static Verdict Decide(Policy policy, Purpose purpose, GateQuestion question) =>
        Decide(policy, purpose, question, Standing.Of(policy, question));

    /// <summary>Where several purposes of one interaction are asked for, their standing is the same.</summary>
    public static Verdict Decide(Policy policy, Purpose purpose, GateQuestion question, Standing standing)
    {
        if (!policy.Purposes.TryGetValue(purpose, out var rule))
        {
            return Verdict.Denied(purpose, Reason.PurposeUnknown);
        }

        var reason = WhyNotAtAll(policy, purpose, question);
        return reason == Reason.None ? FindBasis(policy, rule, question, standing) : Verdict.Denied(purpose, reason);
    }

    /// <summary>The reason of an item none of whose purposes is permitted.</summary>
    public static Reason Summarise(IReadOnlyList<PurposeDenial> denials)
    {
        foreach (var denial in denials)
        {
            if (!IsAbsence(denial.Reason))
            {
                return denial.Reason;
            }
        }

        return Reason.NoLegalBasis;
    }

    /// <summary>What no basis heals: schema and category, age, special categories and offences, in this order.</summary>
    private static Reason WhyNotAtAll(Policy policy, Purpose purpose, GateQuestion question)
    {
        if ((question.Type is { } type && !type.AdmissiblePurposes.Contains(purpose)) || (question.IsDerivedOnly && purpose != Purpose.Profiling))
        {
            return Reason.PurposeCategoryMismatch;
        }

        if (Ages.IsProfileOfMinor(policy, purpose, question.Age, question.IsChildDirected, question.OccurredAt))
        {
            return Reason.MinorProfiling;
        }

        if (question.IsCriminal)
        {
            return Reason.Art10Forbidden;
        }

        return question.IsSpecialOnly && !SpecialCategories.HasCondition(policy, purpose, question) ? Reason.Art9Condition : Reason.None;
    }

    /// <summary>The first basis of the matrix that can be proved. Where none can, the reason that tells most of what is in the way.</summary>
    private static Verdict FindBasis(Policy policy, PurposeRule rule, GateQuestion question, Standing standing)
    {
        if (question.Basis == LegalBasis.LegitimateInterest && BasisSwap.IsForbidden(question, rule.Purpose, null))
        {
            return Verdict.Denied(rule.Purpose, Reason.BasisSwapForbidden);
        }

        var (then, now) = standing.For(rule.Purpose);
        var reason = Reason.None;
        for (var i = 0; i < rule.Rows.Count; i++)
        {
            var row = rule.Rows[i];
            if (!row.SpeaksOf(question.ContactChannel))
            {
                continue;
            }

            var cell = row.Cells[now];
            for (var j = 0; j < cell.Count; j++)
            {
                var admissible = cell[j];
                if ((question.Basis ?? admissible.Basis) != admissible.Basis || (then != now && !row.Cells[then].Contains(admissible)))
                {
                    continue;
                }

                var verdict = Prove(new Claim(policy, rule.Purpose, row, admissible, question, then, now));
                if (verdict.IsPermitted)
                {
                    return verdict;
                }

                reason = Helpfulness(verdict.Reason) > Helpfulness(reason) ? verdict.Reason : reason;
            }
        }

        return Verdict.Denied(rule.Purpose, reason == Reason.None ? WhyNothingAdmits(rule, question, now) : reason);
    }

    private static Verdict Prove(in Claim claim)
    {
        // Only a duty of the tenant's own, and what is technical, can be about nobody; all else is about a person.
        if (!claim.Question.HasPerson && claim.Basis != LegalBasis.LegalObligation && claim.Admissible.Ground != EPrivacyGround.Technical122)
        {
            return claim.Denied(Reason.NoLegalBasis);
        }

        if (Objections.Stand(claim, claim.Question.ContactChannel))
        {
            return claim.Denied(Reason.Objected);
        }

        var verdict = claim.Basis switch
        {
            LegalBasis.Consent => ConsentProof.Of(claim),
            LegalBasis.Contract or LegalBasis.PreContract when BasisSwap.WhyNotByContract(claim) is not Reason.None and var no => claim.Denied(no),
            LegalBasis.Contract or LegalBasis.PreContract => ContractProof.Of(claim),
            LegalBasis.LegalObligation => LegalRuleProof.Of(claim),
            LegalBasis.LegitimateInterest => InterestProof.Of(claim),
            _ => claim.Denied(Reason.BasisNotAdmissible),
        };
        return verdict.IsPermitted && IsBarredByRestriction(claim) ? claim.Denied(Reason.Restricted) : verdict;
    }

    /// <summary>Restricted data is stored, and otherwise used by consent and for claims only (GDPR Art. 18(2)); a duty by law is storage.</summary>
    private static bool IsBarredByRestriction(in Claim claim) =>
        claim.Question.IsRestricted
        && claim.Basis is not (LegalBasis.Consent or LegalBasis.LegalObligation)
        && claim.Purpose != Purpose.LegalClaims;

    private static Reason WhyNothingAdmits(PurposeRule rule, GateQuestion question, Stage now)
    {
        if (question.Basis is null)
        {
            return Reason.StageNotEligible;
        }

        // The soft opt-in is asked for and stands for e-mail alone: the first of its conditions fails.
        var isForAnotherMedium = question is { Basis: LegalBasis.LegitimateInterest, History.SoftOptIns.Count: > 0 }
            && rule.Rows.Any(row => !row.SpeaksOf(question.ContactChannel) && row.Cells[now].Any(admissible => admissible.Ground == EPrivacyGround.SoftOptIn1304));
        return isForAnotherMedium ? Reason.SoftOptInCondition : Reason.BasisNotAdmissible;
    }

    /// <summary>A fact about the person tells more than what is missing, that more than the wrong stage, and a duty that never was one least.</summary>
    private static int Helpfulness(Reason reason) => reason switch
    {
        Reason.None => 0,
        Reason.LegalRuleUnknown => 1,
        Reason.StageNotEligible => 2,
        _ => IsAbsence(reason) ? 3 : 4,
    };

    /// <summary>Says only that something is not there; together they are NO_LEGAL_BASIS.</summary>
    private static bool IsAbsence(Reason reason) =>
        reason is Reason.ConsentMissing or Reason.StageNotEligible or Reason.LiaMissing or Reason.LegalRuleUnknown or Reason.NoLegalBasis;
}
