using Tracker.Core.Model;

namespace Tracker.Core.Policies.Proofs;

/// <summary>A contract of the same person that the purpose is necessary for, and steps before a contract at the person's own request .</summary>
internal static class ContractProof
{
    private static readonly ContractKind[] AccountTerms = [ContractKind.Account];

    public static Verdict Of(in Claim claim)
    {
        if (claim.Question.Contract is not { IsOfAnother: false } contract)
        {
            return claim.Denied(Reason.ContractRefInvalid);
        }

        // Only a request of the person's own is a fact; a quote that somebody else typed in is none.
        if (claim.Basis == LegalBasis.PreContract && !(Stages.QuoteInForce(claim.Question.Facts, claim.Policy, claim.Question.Now) <= claim.Question.OccurredAt))
        {
            return claim.Denied(Reason.ContractRefInvalid);
        }

        if ((claim.Basis == LegalBasis.PreContract ? contract.Evidence : FindEvidence(claim, contract)) is not { } evidence)
        {
            return claim.Denied(claim.Admissible.IsOnAccountTerms ? Reason.StageNotEligible : Reason.ContractRefInvalid);
        }

        return claim.Stage == Stage.Former && !IsOpenReturn(claim.Question) ? claim.Denied(Reason.StageNotEligible) : claim.Permitted(evidence);
    }

    /// <returns>The contracts of the person that go on by themselves and carry the purpose as well, whatever is named beside them.</returns>
    public static IEnumerable<ContractKind> GoingOn(Policy policy, Purpose purpose, GateQuestion question) => policy.Purposes[purpose].Contracts
        .Where(kind => kind is ContractKind.Continuing or ContractKind.Account or ContractKind.Loyalty && Has(kind, policy, question));

    /// <returns>The first of the contracts that may carry it and that the person had when it happened and has now; null: none.</returns>
    private static string? FindEvidence(in Claim claim, ContractReference contract)
    {
        foreach (var kind in claim.Admissible.IsOnAccountTerms ? AccountTerms : claim.Policy.Purposes[claim.Purpose].Contracts)
        {
            if (Has(kind, claim.Policy, claim.Question))
            {
                return kind == ContractKind.Named ? contract.Evidence : EnumNames<ContractKind>.Of(kind);
            }
        }

        return null;
    }

    private static bool Has(ContractKind kind, Policy policy, GateQuestion question)
    {
        var (facts, instant) = (question.Facts, question.OccurredAt);
        return kind switch
        {
            ContractKind.Named => question.Contract?.IsNamed == true,
            ContractKind.Purchase => facts.FirstPurchaseAt <= instant,
            ContractKind.Continuing => question.Contract?.NamesEnded != true && Stages.HasOpenContract(facts, instant),
            ContractKind.Account => Stages.AccountOf(facts).IsOpen(instant)
                && !Stages.IsSilent(question.LastInteractionThen, policy, instant)
                && !Stages.IsSilent(question.LastInteractionAt, policy, question.Now),
            ContractKind.Loyalty => Stages.IsMember(facts, instant),
            _ => false,
        };
    }

    /// <summary>With a former customer what was sold is taken back, and nothing new is done or said; who only looks keeps nothing anew.</summary>
    private static bool IsOpenReturn(GateQuestion question) => question.Type is null ? !question.IsMessage : question.Type is { EndsContract: true } or { Fact: FactKind.PurchaseEnded or FactKind.ContractEnded };
}
