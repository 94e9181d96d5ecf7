using Tracker.Core.Model;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Consents;

/// <summary>What a person's word on a purpose was at an instant: the consent that counted, or what had become of it, or the no that stood.</summary>
internal static class StandingFold
{
    /// <summary>Until the click a double opt-in was pending. Its confirmation tells so as well, when the request is gone.</summary>
    public static IEnumerable<ConsentEntry> AsOf(IReadOnlyList<ConsentEntry> ledger, DateTimeOffset at) => ledger
        .Where(entry => !entry.IsConfirmation || entry.EffectiveAt <= at || ledger.All(request => request.Id != entry.RefersTo))
        .Select(entry => entry.IsConfirmation && at < entry.EffectiveAt
            ? entry with { State = ConsentState.PendingConfirmation, EffectiveAt = entry.ProvedAt(), ConfirmBy = entry.EffectiveAt, RefersTo = null }
            : entry);

    /// <param name="history">Of the ledger as of that instant.</param>
    /// <param name="rests">Given, and not counting at that instant (E13).</param>
    public static ConsentStanding Of(
        StandingQuery query,
        IReadOnlyList<ConsentEntry> ledger,
        PermissionHistory history,
        Func<ConsentSpan, bool> rests,
        IReadOnlyDictionary<Purpose, IReadOnlySet<Purpose>> reach,
        DateTimeOffset at) =>
        OfConsent(query, ledger, history.Consents, rests, at)
        ?? OfObjection(query, ledger, history.Objections, reach, at)
        ?? (LastNo(query, ledger, at) is { } no ? new(IsValid: false, no.State, no) : new(IsValid: false, ConsentState.Unspecified, null));

    /// <summary>As the gate has it: given to us, and not to another controller.</summary>
    private static ConsentStanding? OfConsent(StandingQuery query, IReadOnlyList<ConsentEntry> ledger, IReadOnlyList<ConsentSpan> consents, Func<ConsentSpan, bool> rests, DateTimeOffset at)
    {
        List<ConsentSpan> spans =
        [
            .. consents
                .Where(span => span.Purpose == query.ConsentedPurpose && span.Controller.Length == 0 && span.Recipient == query.Recipient && span.From <= at
                    && (query.ContactChannel == ContactChannel.Unspecified || span.ContactChannel == query.ContactChannel))
                .OrderBy(span => span.From),
        ];
        if (spans.LastOrDefault(span => !span.IsPending && at < span.Until && !rests(span)) is { } valid)
        {
            var entry = ledger.First(entry => entry.Id == valid.Id);
            return new(IsValid: true, entry.State, entry);
        }

        // A no that came after all of it is the newer word.
        if (spans.LastOrDefault() is not { } last || LastNo(query, ledger, at)?.EffectiveAt > last.Until)
        {
            return null;
        }

        var end = last.Until <= at ? ledger.FirstOrDefault(entry => entry.Id == last.EndedBy) : null;
        return new(IsValid: false, StateOf(last, end, ledger, at), ledger.First(entry => entry.Id == last.Id)) { EndedBy = end };
    }

    /// <summary>Who never gave a consent may have objected all the same, to that or to all marketing, which reaches what belongs to it.</summary>
    private static ConsentStanding? OfObjection(
        StandingQuery query,
        IReadOnlyList<ConsentEntry> ledger,
        IReadOnlyList<ObjectionSpan> objections,
        IReadOnlyDictionary<Purpose, IReadOnlySet<Purpose>> reach,
        DateTimeOffset at)
    {
        bool IsAbout(ObjectionSpan objection) => objection.Purpose == query.ConsentedPurpose
            ? objection.ContactChannel == ContactChannel.Unspecified || objection.ContactChannel == query.ContactChannel
            : objection.ContactChannel == ContactChannel.Unspecified && reach.TryGetValue(objection.Purpose, out var reached) && reached.Contains(query.ConsentedPurpose);

        var standing = objections
            .Where(objection => IsAbout(objection) && objection.From <= at && at < objection.Until)
            .OrderBy(objection => objection.Purpose == query.ConsentedPurpose)
            .LastOrDefault();
        return ledger.FirstOrDefault(entry => entry.Id == standing?.Id) is { } objection
            ? new(IsValid: false, StateOf(objection, ledger, at), null) { EndedBy = objection }
            : null;
    }

    /// <summary>The latest refusal or withdrawal by then; null: none.</summary>
    private static ConsentEntry? LastNo(StandingQuery query, IReadOnlyList<ConsentEntry> ledger, DateTimeOffset at) => ledger
        .Where(entry => entry is { Kind: LedgerKind.Consent, State: ConsentState.Refused or ConsentState.Withdrawn, Controller.Length: 0 }
            && entry.EffectiveAt <= at
            && (entry.Recipient.Length == 0 || entry.Recipient == query.Recipient)
            && entry.IsAbout(query.ConsentedPurpose, query.ContactChannel))
        .MaxBy(entry => entry.EffectiveAt);

    private static ConsentState StateOf(ConsentSpan span, ConsentEntry? end, IReadOnlyList<ConsentEntry> ledger, DateTimeOffset at) => span.End switch
    {
        _ when at < span.Until => span.IsPending ? ConsentState.PendingConfirmation : ConsentState.Given,
        _ when end?.State == ConsentState.Objected => StateOf(end, ledger, at),
        _ when end?.State == ConsentState.Refused => ConsentState.Refused,
        SpanEnd.Time => ConsentState.Expired,
        SpanEnd.Invalidated or SpanEnd.Cancelled => ConsentState.Invalidated,
        SpanEnd.Revoked => ConsentState.RevokedByController,
        _ => ConsentState.Withdrawn,
    };

    /// <summary>OBJECTED until it is decided for the person; a rejection gives no consent back.</summary>
    private static ConsentState StateOf(ConsentEntry objection, IReadOnlyList<ConsentEntry> ledger, DateTimeOffset at) =>
        ledger.Any(entry => entry.RefersTo == objection.Id && entry.State == ConsentState.ObjectionUpheld && entry.EffectiveAt <= at)
            ? ConsentState.ObjectionUpheld
            : ConsentState.Objected;
}
