namespace Tracker.Server.Import;

/// <summary>What became of rows (read) and interactions (all others) so far.</summary>
/// <param name="Invalid">Refused by the service as invalid, or not sent because a row could not be read.</param>
/// <param name="Failed">No answer was got, or none was asked for because the server stayed away.</param>
/// <param name="Waiting">Why delivery waits at this moment; null: it does not.</param>
internal sealed record ImportCounts(
    long Read,
    long Skipped,
    long Sent,
    long Accepted,
    long Stripped,
    long Duplicate,
    long Denied,
    long Suppressed,
    long Invalid,
    long Failed,
    IReadOnlyDictionary<ReasonKey, long> Reasons,
    IReadOnlyList<string> Examples,
    string? Waiting)
{
    public long Answered => Accepted + Stripped + Duplicate + Denied + Suppressed + Invalid;
}
