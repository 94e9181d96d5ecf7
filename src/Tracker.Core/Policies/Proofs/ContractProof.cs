using Tracker.Core.Model;

namespace Tracker.Core.Policies.Proofs;

/// <summary>A contract, quote or order of the same person, and steps before a contract at the person's own request .</summary>
internal static class ContractProof
{
    public static Verdict Of(in Claim claim)
    {
        if (claim.Question.Contract is not { IsOfAnother: false } contract)
        {
            return claim.Denied(Reason.ContractRefInvalid);
        }

        if (claim.Basis == LegalBasis.PreContract && !HasOwnQuote(claim))
        {
            return claim.Denied(Reason.ContractRefInvalid);
        }

        if (claim.Admissible.IsOnAccountTerms && !HasAccount(claim))
        {
            return claim.Denied(Reason.StageNotEligible);
        }

        return claim.Stage == Stage.Former && !IsOpenReturn(claim.Question) ? claim.Denied(Reason.StageNotEligible) : claim.Permitted(contract.Evidence);
    }

    /// <summary>Only a request of the person's own is a fact; a quote that somebody else typed in is none.</summary>
    private static bool HasOwnQuote(in Claim claim) =>
        claim.Question.Facts.QuoteRequestedAt is { } quote
        && quote <= claim.Question.OccurredAt
        && CalendarArithmetic.IsBefore(claim.Question.Now, quote, claim.Policy.QuoteValidity, claim.Policy.Zone);

    /// <summary>An account that was open when it happened and is now.</summary>
    private static bool HasAccount(in Claim claim) => Stages.HasOpenAccount(claim.Question.Facts, claim.Question.OccurredAt);

    /// <summary>With a former customer what was sold is taken back, and nothing new is done or said; who only looks keeps nothing anew.</summary>
    private static bool IsOpenReturn(GateQuestion question) => question.Type is null ? !question.IsMessage : question.Type is { EndsContract: true } or { Fact: FactKind.PurchaseEnded or FactKind.ContractEnded };
}
