namespace Tracker.Core.Policies.Proofs;

/// <summary>The public register of objections to calls (art. 130(3-bis) Codice Privacy, DPR 26/2022; R-157).</summary>
internal static class RegisterOfObjections
{
    /// <summary>Never looked up before the contact, or too long ago; and the same of now.</summary>
    public static bool IsStale(in Claim claim) => IsStale(claim, claim.Question.OccurredAt) || IsStale(claim, claim.Question.Now);

    private static bool IsStale(in Claim claim, DateTimeOffset instant)
    {
        var looks = claim.Question.History.RegisterChecks;
        for (var i = 0; i < looks.Count; i++)
        {
            if (looks[i].CheckedAt <= instant && CalendarArithmetic.IsBefore(instant, looks[i].CheckedAt, claim.Policy.RegisterCheckValidity, claim.Policy.Zone))
            {
                return false;
            }
        }

        return true;
    }
}
