using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Policies.Proofs;

namespace Tracker.Core.Retention;

/// <summary>What the passing of time has ended (C2, R-162), or the register of objections (E41), and what a corrected birth date shows never to have been a consent (E14).</summary>
public static class ConsentEndings
{
    public static IReadOnlyList<ConsentEnding> Find(IReadOnlyList<ConsentEntry> ledger, PermissionHistory history, SubjectAge? age, Policy policy, DateTimeOffset now)
    {
        var told = ledger.Where(entry => entry.RefersTo is not null).Select(entry => (entry.RefersTo!.Value, entry.State, entry.EndReason == EndReason.Register)).ToHashSet();
        var given = ledger.ToDictionary(entry => entry.Id);
        List<ConsentEnding> endings = [];
        foreach (var spans in history.Consents.Where(span => !span.IsPending && given.ContainsKey(span.Id)).GroupBy(span => span.Id))
        {
            List<ConsentSpan> cancelled = [.. spans.Where(span => span.End == SpanEnd.Cancelled && span.Until <= now)];
            List<ConsentSpan> elapsed = [.. spans.Where(span => span.End == SpanEnd.Time && span.Until <= now)];
            if (age is not null && spans.Any(span => IsVoid(span, age, policy)) && !told.Contains((spans.Key, ConsentState.Invalidated, false)))
            {
                endings.Add(ToEnding(given[spans.Key], ConsentState.Invalidated, WhyVoid(spans, age, policy), [.. spans], spans.Min(span => span.From)));
            }
            else if (elapsed.Count > 0 && !told.Contains((spans.Key, ConsentState.Expired, false)))
            {
                var end = elapsed.Max(span => span.Until);
                var reason = given[spans.Key].ValidUntil == end ? EndReason.Validity : EndReason.Inactivity;
                endings.Add(ToEnding(given[spans.Key], ConsentState.Expired, reason, elapsed, end));
            }
            else if (cancelled.Count > 0 && !told.Contains((spans.Key, ConsentState.Expired, true)))
            {
                endings.Add(ToEnding(given[spans.Key], ConsentState.Expired, EndReason.Register, cancelled, cancelled.Max(span => span.Until)));
            }
        }

        return endings;
    }

    private static bool IsVoid(ConsentSpan span, SubjectAge age, Policy policy) =>
        span.End != SpanEnd.Invalidated && Ages.IsVoid(policy, age, isChildDirected: false, span);

    /// <summary>What a guardian gave for somebody old enough is the proof of nothing.</summary>
    private static EndReason WhyVoid(IEnumerable<ConsentSpan> spans, SubjectAge age, Policy policy) =>
        spans.Any(span => Ages.LacksAuthority(policy, age, span)) ? EndReason.EvidenceVoid : EndReason.Minor;

    private static ConsentEnding ToEnding(ConsentEntry given, ConsentState state, EndReason reason, IReadOnlyList<ConsentSpan> spans, DateTimeOffset endedAt) =>
        new(given, state, reason, [.. spans.Select(span => span.ContactChannel).Where(channel => channel != ContactChannel.Unspecified).Distinct()], endedAt);
}
