using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Consents;

/// <summary>The spans in which consents count. A renewal leaves what it supersedes in force for what was collected under it.</summary>
internal static class ConsentFold
{
    private static readonly ContactChannel[] NoMedium = [ContactChannel.Unspecified];

    public static IReadOnlyList<ConsentSpan> Spans(IReadOnlyList<ConsentEntry> entries, Activity activity)
    {
        List<(ConsentEntry Gift, ConsentSpan Span)> spans = [];
        List<ConsentEntry> ends = [];
        List<ConsentEntry> listings = [];
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            if (entry is { Kind: LedgerKind.Consent, IsGift: true })
            {
                Begin(spans, entry, entries, activity);
            }
            else if (entry.IsEnd())
            {
                ends.Add(entry);
            }

            if (entry.ListedSince is not null)
            {
                listings.Add(entry);
            }
        }

        ends.Sort(ByTime);
        listings.Sort((a, b) => Nullable.Compare(a.ListedSince, b.ListedSince) is not 0 and var order ? order : a.Id.Value.CompareTo(b.Id.Value));
        var folded = new ConsentSpan[spans.Count];
        for (var i = 0; i < folded.Length; i++)
        {
            var (gift, span) = spans[i];
            foreach (var end in ends)
            {
                span = End(gift, span, end, activity.ObjectionReach);
            }

            folded[i] = Cancel(span, listings, activity.Contracts);
        }

        return folded;
    }

    private static void Begin(List<(ConsentEntry Gift, ConsentSpan Span)> spans, ConsentEntry gift, IReadOnlyList<ConsentEntry> entries, Activity activity)
    {
        var channels = Channels(gift);
        for (var i = 0; i < channels.Count; i++)
        {
            if (!IsConfirmed(gift, channels[i], entries))
            {
                spans.Add((gift, Span(gift, channels[i], activity)));
            }
        }
    }

    /// <summary>At the same instant the person's will comes first and the passing of time last, whatever order they arrived in.</summary>
    private static int ByTime(ConsentEntry a, ConsentEntry b) =>
        a.EffectiveAt != b.EffectiveAt ? a.EffectiveAt.CompareTo(b.EffectiveAt)
        : a.State == ConsentState.Expired != (b.State == ConsentState.Expired) ? (a.State == ConsentState.Expired ? 1 : -1)
        : a.IsRefusal() != b.IsRefusal() ? (a.IsRefusal() ? -1 : 1)
        : a.Id.Value.CompareTo(b.Id.Value);

    /// <summary>Whether a gift for that medium is meant by an end, whenever it was.</summary>
    /// <param name="reach">What an objection to all of a purpose ends beside that purpose.</param>
    public static bool IsMeant(ConsentEntry gift, ContactChannel channel, ConsentEntry end, IReadOnlyDictionary<Purpose, IReadOnlySet<Purpose>> reach) => end.State switch
    {
        // What is found or runs out is one consent; what the person or the controller ends is a purpose.
        ConsentState.Invalidated => end.Voids(gift),
        ConsentState.Expired when end.RefersTo is { } one => one == gift.Id,
        _ => (end.Covers(gift.Purpose, channel) || Reaches(end, gift.Purpose, reach)) && (end.Recipient.Length == 0 || end.Recipient == gift.Recipient),
    };

    /// <summary>An objection to one medium is about that medium only.</summary>
    private static bool Reaches(ConsentEntry end, Purpose purpose, IReadOnlyDictionary<Purpose, IReadOnlySet<Purpose>> reach) =>
        end.State == ConsentState.Objected && end.ContactChannels.Count == 0 && reach.TryGetValue(end.Purpose, out var reached) && reached.Contains(purpose);

    /// <summary>A purpose without contact has one span, for no medium in particular.</summary>
    public static IReadOnlyList<ContactChannel> Channels(ConsentEntry entry) =>
        entry.ContactChannels.Count == 0 ? NoMedium : entry.ContactChannels;

    private static bool IsConfirmed(ConsentEntry entry, ContactChannel channel, IReadOnlyList<ConsentEntry> entries) =>
        entry.State == ConsentState.PendingConfirmation
        && entries.Any(other => other.RefersTo == entry.Id && other.State is ConsentState.Given or ConsentState.Renewed && Channels(other).Contains(channel));

    private static ConsentSpan Span(ConsentEntry gift, ContactChannel channel, Activity activity)
    {
        // A partner's list permits nothing until the person has confirmed to us (Garante 330/2025).
        var isPending = gift.State == ConsentState.PendingConfirmation || gift.Evidence?.Kind == EvidenceKind.PartnerFeed;
        return new ConsentSpan
        {
            Id = gift.Id,
            Purpose = gift.Purpose,
            ContactChannel = channel,
            Addresses = ContactAddress.Of(channel, gift.Addresses),
            RetentionTerm = gift.RetentionTerm,
            LinksEarlierVisits = gift.LinksEarlierVisits,
            Recipient = gift.Recipient,
            From = gift.EffectiveAt,
            RecordedAt = gift.RecordedAt,
            Until = Earlier(gift.ConfirmBy ?? gift.ValidUntil, activity.EndOf(gift.EffectiveAt)),
            IsPending = isPending,
            IsExplicit = gift.IsExplicit,
            IsByGuardian = gift.Actor == DecisionActor.Guardian,
            IsOffline = gift.IsOffline,
            AgeOfConsent = gift.AgeOfConsent,
            Controller = gift.Controller,
        };
    }

    private static DateTimeOffset Earlier(DateTimeOffset? own, DateTimeOffset silence) => own < silence ? own.Value : silence;

    private static ConsentSpan End(ConsentEntry gift, ConsentSpan span, ConsentEntry end, IReadOnlyDictionary<Purpose, IReadOnlySet<Purpose>> reach)
    {
        if (span.End == SpanEnd.Invalidated || !IsMeant(gift, span.ContactChannel, end, reach))
        {
            return span;
        }

        if (end.State == ConsentState.Invalidated)
        {
            return span with { Until = span.From, End = SpanEnd.Invalidated, EndedBy = end.Id };
        }

        var isInTime = !gift.IsNewerThan(end) && end.EffectiveAt < span.Until;
        return isInTime ? span with { Until = Later(span.From, end.EffectiveAt), End = Why(end), EndedBy = end.Id }
            // What has run out by itself changes nothing by being noted.
            : end.State == ConsentState.Expired && end.EffectiveAt == span.Until && span.EndedBy is null ? span with { EndedBy = end.Id }
            : span;
    }

    /// <summary>
    /// An entry in the register cancels consents to calls that are not newer, once no contract of then outweighs it. That the number
    /// leaves the register again revives none of them (L. 5/2018, art. 1(5); E41). A request that waits for its click is newer by then.
    /// </summary>
    private static ConsentSpan Cancel(ConsentSpan span, List<ConsentEntry> listings, IReadOnlyList<Validity> contracts)
    {
        if (span.IsPending || listings.Count == 0 || listings.Find(entry => span.From <= entry.ListedSince && entry.Covers(span.Purpose, span.ContactChannel)) is not { } listing)
        {
            return span;
        }

        var listed = listing.ListedSince!.Value;
        var until = contracts.Where(contract => contract.Covers(listed)).Select(contract => contract.Until ?? DateTimeOffset.MaxValue).Append(listed).Max();
        return until < span.Until ? span with { Until = until, End = SpanEnd.Cancelled, EndedBy = listing.Id } : span;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a >= b ? a : b;

    private static SpanEnd Why(ConsentEntry end) => end.State switch
    {
        ConsentState.Expired => end.EndReason == EndReason.Register ? SpanEnd.Cancelled : SpanEnd.Time,
        ConsentState.RevokedByController => SpanEnd.Revoked,
        _ => SpanEnd.Withdrawn,
    };
}
