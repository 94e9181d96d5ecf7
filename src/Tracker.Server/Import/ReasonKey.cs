using Tracker.Contracts.V1;

namespace Tracker.Server.Import;

/// <summary>A reason, and the outcome it explains as the summary names it.</summary>
internal readonly record struct ReasonKey(string Outcome, string Reason) : IComparable<ReasonKey>
{
    public const string Skipped = "skipped";
    public const string Stripped = "stripped";
    public const string Invalid = "invalid";

    public static string Of(Outcome outcome) => outcome switch
    {
        Tracker.Contracts.V1.Outcome.AcceptedStripped => Stripped,
        _ => outcome.ToString().ToLowerInvariant(),
    };

    public int CompareTo(ReasonKey other)
    {
        var byOutcome = string.CompareOrdinal(Outcome, other.Outcome);
        return byOutcome != 0 ? byOutcome : string.CompareOrdinal(Reason, other.Reason);
    }
}
