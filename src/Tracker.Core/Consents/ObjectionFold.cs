using Tracker.Core.Model;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Consents;

/// <summary>
/// The times in which objections stand. One to marketing, or to what belongs to it, is upheld at once (GDPR Art. 21(2), (3));
/// any other waits for its decision. A newer consent of the person's own ends it for the media that consent is about, and no others.
/// </summary>
internal static class ObjectionFold
{
    private static readonly ContactChannel[] Media = [.. Enum.GetValues<ContactChannel>().Where(channel => channel != ContactChannel.Unspecified)];

    public static IReadOnlyList<ObjectionSpan> Spans(IReadOnlyList<ConsentEntry> entries, IReadOnlyDictionary<Purpose, IReadOnlySet<Purpose>> reach)
    {
        List<ObjectionSpan> spans = [];
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i] is { Kind: LedgerKind.Objection, State: ConsentState.Objected } objection)
            {
                spans.AddRange(Spans(objection, entries, reach));
            }
        }

        return spans;
    }

    private static IEnumerable<ObjectionSpan> Spans(ConsentEntry objection, IReadOnlyList<ConsentEntry> entries, IReadOnlyDictionary<Purpose, IReadOnlySet<Purpose>> reach)
    {
        var decision = entries
            .Where(entry => entry.RefersTo == objection.Id && entry.State is ConsentState.ObjectionUpheld or ConsentState.ObjectionRejected)
            // What was upheld is deleted, and no later decision gives it back.
            .OrderBy(entry => entry.State == ConsentState.ObjectionUpheld)
            .ThenByDescending(entry => entry.EffectiveAt)
            .LastOrDefault();
        var isAbsolute = ObjectionSpan.IsAbsoluteTo(objection.Purpose, reach);
        var isUpheld = isAbsolute || decision?.State == ConsentState.ObjectionUpheld;
        var rejectedAt = isUpheld || decision is null ? DateTimeOffset.MaxValue : decision.EffectiveAt;
        List<ConsentEntry> newer = [.. entries.Where(entry => entry.Purpose == objection.Purpose && IsNewer(entry, objection, entries))];

        ObjectionSpan Span(ContactChannel channel, DateTimeOffset until) =>
            new(objection.Id, objection.Purpose, channel, objection.EffectiveAt, until < rejectedAt ? until : rejectedAt, isUpheld)
            {
                IsAbsolute = isAbsolute,
                IsRejected = rejectedAt < until,
            };

        if (objection.Purpose != Purpose.DirectMarketing)
        {
            // What has no media was named one in vain.
            return [Span(ContactChannel.Unspecified, First(newer, _ => true))];
        }

        return objection.ContactChannels.Count == 0 ? OfAllMedia(newer, Span) : objection.ContactChannels.Select(channel => Span(channel, First(newer, consent => consent.Covers(objection.Purpose, channel))));
    }

    private static IEnumerable<ObjectionSpan> OfAllMedia(IReadOnlyList<ConsentEntry> newer, Func<ContactChannel, DateTimeOffset, ObjectionSpan> span)
    {
        var first = First(newer, _ => true);
        yield return span(ContactChannel.Unspecified, first);
        if (first == DateTimeOffset.MaxValue)
        {
            yield break;
        }

        foreach (var medium in Media)
        {
            var end = First(newer, consent => consent.Covers(Purpose.DirectMarketing, medium));
            if (end > first)
            {
                yield return span(medium, end);
            }
        }
    }

    private static bool IsNewer(ConsentEntry entry, ConsentEntry objection, IReadOnlyList<ConsentEntry> entries) =>
        entry.IsOwnConsent()
        && entry.IsNewerThan(objection)
        && !entries.Any(other => other.Voids(entry));

    private static DateTimeOffset First(IReadOnlyList<ConsentEntry> consents, Func<ConsentEntry, bool> isMeant) =>
        consents.Where(isMeant).Select(consent => consent.EffectiveAt).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
}
