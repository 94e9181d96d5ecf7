using Tracker.Core.Model;
using Tracker.Core.Policies.History;
using Tracker.Core.Policies.Proofs;

namespace Tracker.Core.Policies;

/// <summary>The consents of a person that rights rest on, and how long they carry them.</summary>
/// <param name="age">Null: not known.</param>
internal sealed class GrantConsents(Policy policy, PermissionHistory history, SubjectAge? age)
{
    private readonly ILookup<string, ConsentSpan> _byId = history.Consents.Where(span => !span.IsPending).ToLookup(span => span.Id.ToString());

    /// <summary>All that a proof names.</summary>
    public IEnumerable<ConsentSpan> Of(IReadOnlyList<string> proof) => proof.SelectMany(id => _byId[id]);

    /// <summary>Those that carry a right: of what was kept for one medium the ones that cover it.</summary>
    public IEnumerable<ConsentSpan> Of(Grant grant) => Of(grant.EvidenceIds)
        .Where(span => grant.ContactChannel == ContactChannel.Unspecified || span.ContactChannel is ContactChannel.Unspecified || span.ContactChannel == grant.ContactChannel);

    /// <summary>When a right ends with them. What came while one rested is none of its, also where the move becomes known later (E13).</summary>
    public DateTimeOffset? EndOf(Grant grant, RetentionAnchors known) =>
        EndOf(Of(grant), grant.IsChildDirected, span => known.GivenAt is not null || !Ages.IsPaused(policy, age, span, known.EventTime));

    /// <param name="carries">Whether one does at all; null: each does.</param>
    /// <returns>
    /// Null: no end is known. Several consents to one purpose carry it while any of them does, each with a span for every
    /// medium; where consents to several purposes were needed, all of them are. What was never valid covers nothing.
    /// </returns>
    public DateTimeOffset? EndOf(IEnumerable<ConsentSpan> consents, bool isChildDirected, Func<ConsentSpan, bool>? carries = null)
    {
        var end = consents
            .GroupBy(span => span.Purpose, span => WasNeverValid(span, isChildDirected) || carries?.Invoke(span) == false ? DateTimeOffset.MinValue : span.Until)
            .Select(spans => spans.Max())
            .DefaultIfEmpty(DateTimeOffset.MinValue)
            .Min();
        return end == DateTimeOffset.MaxValue ? null : end;
    }

    /// <summary>An act while all of them rested moves no end, also where the move becomes known later: at the latest the day of the move does.</summary>
    public DateTimeOffset SlidTo(Grant grant, RetentionAnchors known)
    {
        if (known.GivenAt is null || grant.Basis != LegalBasis.Consent || age is null)
        {
            return known.LastInteraction;
        }

        List<DateTimeOffset?> paused = [.. Of(grant).Select(span => Ages.PausedSince(policy, age, span, known.LastInteraction))];
        return paused.Count > 0 && !paused.Contains(null) ? paused.Max()!.Value.UtcDateTime.Date : known.LastInteraction;
    }

    /// <summary>What a minor could not give was none from the beginning, whether the ledger says so already or not (R-043, E14).</summary>
    private bool WasNeverValid(ConsentSpan span, bool isChildDirected) => span.End == SpanEnd.Invalidated || Ages.IsVoid(policy, age, isChildDirected, span);
}
