using Tracker.Core.Model;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Policies;

/// <summary>How long was said, with the consents and soft opt-ins of a person, that what rests on them is kept (E20).</summary>
/// <param name="consents">Those that a proof names.</param>
/// <param name="asOf">What has ended by then carries nothing.</param>
/// <param name="rests">Nor does what rests then (E13).</param>
public sealed class PromisedTerms(Policy policy, PermissionHistory history, Func<IReadOnlyList<string>, IEnumerable<ConsentSpan>> consents, DateTimeOffset asOf, Func<ConsentSpan, bool> rests)
{
    /// <summary>
    /// What was stated with its proof: of several gifts for one purpose the longest of those that stand, because any of them carries it; where consents to
    /// several purposes are needed, the shortest.
    /// </summary>
    public CalendarPeriod? Of(IReadOnlyList<string> proof) => consents(proof)
        .GroupBy(span => span.Purpose, span => (span.RetentionTerm, span.End == SpanEnd.Invalidated || rests(span) ? DateTimeOffset.MinValue : span.Until))
        .Select(LongestOf)
        .Append(LongestOf(history.SoftOptIns.Where(softOptIn => proof.Contains(softOptIn.Id.ToString())).Select(softOptIn => (softOptIn.RetentionTerm, softOptIn.Until))))
        .Aggregate((CalendarPeriod?)null, StatedTerms.Shorter);

    /// <summary>When a statement ends that rests on one of several proofs of a right, by what was said with that one; null: with the rights themselves.</summary>
    public DateTimeOffset? FirstOf(IReadOnlyList<Grant> grants, DateTimeOffset lastInteractionAt) => grants
        .Where(grant => grant.RestsOnLedger && grant.EvidenceIds.Count > 1)
        .SelectMany(grant => grant.EvidenceIds)
        .Select(id => Of([id]))
        .OfType<CalendarPeriod>()
        .Distinct()
        .Select(term => (DateTimeOffset?)policy.Add(lastInteractionAt, term))
        .Where(end => end > asOf)
        .Min();

    private CalendarPeriod? LongestOf(IEnumerable<(CalendarPeriod? Term, DateTimeOffset Until)> gifts)
    {
        var all = gifts.ToList();
        var standing = all.FindAll(gift => gift.Until > asOf);
        return (standing.Count > 0 ? standing : all).Select(gift => gift.Term).Aggregate((CalendarPeriod?)null, StatedTerms.Longer);
    }
}
