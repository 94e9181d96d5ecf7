using Tracker.Core.Model;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Consents;

/// <summary>
/// Folds a ledger into the spans in which consents count. The current state is always derived, never edited; the order
/// of arrival does not matter, because each entry says from when it counts, and what cannot be ordered goes against the
/// consent (compliance 2.6, E17, E18).
/// </summary>
public static class ConsentHistory
{
    /// <param name="activity">What the person's silence has ended, and will end.</param>
    public static PermissionHistory Fold(IReadOnlyList<ConsentEntry> entries, Activity activity)
    {
        List<ConsentSpan> spans = [];
        foreach (var entry in entries.Where(entry => entry.State == ConsentState.Given))
        {
            spans.AddRange(Channels(entry).Select(channel => new ConsentSpan
            {
                Id = entry.Id,
                Purpose = entry.Purpose,
                ContactChannel = channel,
                From = entry.EffectiveAt,
                Until = Earlier(entry.ValidUntil, activity.EndOf(entry.EffectiveAt)),
            }));
        }

        // At the same instant the person's will comes before the passing of time.
        foreach (var end in entries
            .Where(entry => entry.State != ConsentState.Given)
            .OrderBy(entry => entry.EffectiveAt)
            .ThenBy(entry => entry.State == ConsentState.Expired))
        {
            for (var i = 0; i < spans.Count; i++)
            {
                spans[i] = End(spans[i], end);
            }
        }

        return new PermissionHistory { Consents = spans };
    }

    /// <summary>A purpose without contact has one span, for no medium in particular.</summary>
    private static IReadOnlyList<ContactChannel> Channels(ConsentEntry entry) =>
        entry.ContactChannels.Count == 0 ? [ContactChannel.Unspecified] : entry.ContactChannels;

    private static DateTimeOffset Earlier(DateTimeOffset? validUntil, DateTimeOffset silence) => validUntil < silence ? validUntil.Value : silence;

    private static ConsentSpan End(ConsentSpan span, ConsentEntry end)
    {
        // Only marketing is decided medium by medium; for any other purpose a medium that is named narrows nothing.
        var isMeant = span.Purpose == end.Purpose
            && (span.Purpose != Purpose.DirectMarketing || end.ContactChannels.Count == 0 || end.ContactChannels.Contains(span.ContactChannel));
        var isInTime = span.From <= end.EffectiveAt && end.EffectiveAt < span.Until;
        return isMeant && isInTime ? span with { Until = end.EffectiveAt, End = end.State == ConsentState.Expired ? SpanEnd.Time : SpanEnd.Withdrawn } : span;
    }
}
