namespace Tracker.Core.Policies.Proofs;

/// <summary>The public register of objections to calls (art. 130(3-bis) Codice Privacy, DPR 26/2022; R-157).</summary>
internal static class RegisterOfObjections
{
    /// <summary>Never looked up, or too long ago.</summary>
    public static bool IsStale(in Claim claim) =>
        claim.Question.History.Register is not { } register
        || register.CheckedAt > claim.Question.Now
        || !CalendarArithmetic.IsBefore(claim.Question.Now, register.CheckedAt, claim.Policy.RegisterCheckValidity, claim.Policy.Zone);
}
