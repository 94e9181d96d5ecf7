using Tracker.Core.Policies.History;

namespace Tracker.Core.Policies.Proofs;

/// <summary>The public register of objections to calls (art. 130(3-bis) Codice Privacy, DPR 26/2022; R-157).</summary>
internal static class RegisterOfObjections
{
    /// <summary>Never looked up, or too long ago.</summary>
    public static bool IsStale(in Claim claim) =>
        claim.Question.History.Register is not { } register
        || register.CheckedAt > claim.Question.Now
        || !CalendarArithmetic.IsBefore(claim.Question.Now, register.CheckedAt, claim.Policy.RegisterCheckValidity, claim.Policy.Zone);

    /// <summary>An entry cancels consents to calls that are not newer, but for contracts in force or just ended; a later consent counts (E41).</summary>
    public static bool Cancels(in Claim claim, ConsentSpan consent) =>
        claim.Question.History.Register?.ListedSince is { } listed && listed <= claim.Question.Now && consent.From <= listed && !HasContract(claim);

    private static bool HasContract(in Claim claim)
    {
        var facts = claim.Question.Facts;
        return Stages.HasOpenContract(facts, claim.Question.Now) || IsInTail(claim, facts.ContractEndedAt) || IsInTail(claim, facts.LastPurchaseAt);
    }

    private static bool IsInTail(in Claim claim, DateTimeOffset? ended) =>
        ended is { } end && end <= claim.Question.Now && CalendarArithmetic.IsBefore(claim.Question.Now, end, claim.Policy.RegisterContractTail, claim.Policy.Zone);
}
