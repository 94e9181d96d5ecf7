using Tracker.Core.Model;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Consents;

/// <summary>What one entry of the ledger means for another, whatever order they arrived in.</summary>
internal static class LedgerReading
{
    private static readonly ContactChannel[] AllMedia = [.. Enum.GetValues<ContactChannel>().Where(channel => channel != ContactChannel.Unspecified)];

    /// <summary>Ends consents: by the person's word, by time, by a finding, or by the controller.</summary>
    public static bool IsEnd(this ConsentEntry entry) =>
        entry.IsRefusal()
        || (entry.Kind == LedgerKind.Consent && entry.State is ConsentState.Expired or ConsentState.Invalidated or ConsentState.RevokedByController);

    /// <summary>The person said no: refused, withdrew or objected.</summary>
    public static bool IsRefusal(this ConsentEntry entry) =>
        entry is { Kind: LedgerKind.Consent, State: ConsentState.Refused or ConsentState.Withdrawn } or { Kind: LedgerKind.Objection, State: ConsentState.Objected };

    /// <summary>An act of the person that may end an objection: a word to us, never to another company or for it, and no partner's list (compliance 4.4; R-160).</summary>
    public static bool IsOwnConsent(this ConsentEntry entry) =>
        entry.Kind == LedgerKind.Consent
        && entry.State is ConsentState.Given or ConsentState.Renewed
        && entry.Actor is DecisionActor.Subject or DecisionActor.Guardian
        && entry.Evidence?.Kind != EvidenceKind.PartnerFeed
        && entry.Controller.Length == 0
        && (entry.Purpose != Purpose.DirectMarketing || entry.Recipient.Length == 0);

    /// <summary>
    /// A yes that shows the person, or whoever decides for a child, in contact with the tenant (compliance 3.3): not one given to
    /// another company, nor what a partner's list says.
    /// </summary>
    public static bool IsActTowardsUs(this ConsentEntry entry) =>
        entry.State is ConsentState.Given or ConsentState.Renewed && entry.Controller.Length == 0 && entry.Evidence?.Kind != EvidenceKind.PartnerFeed;

    /// <summary>
    /// Whoever it names was at the machine that it names (E11): not where it waits for a confirmation, because anybody may have typed an
    /// address, nor where the person has not answered or another company has heard it.
    /// </summary>
    public static bool TakesMachines(this ConsentEntry entry) =>
        entry.State is not (ConsentState.PendingConfirmation or ConsentState.Requested) && entry.Controller.Length == 0;

    /// <summary>Whether an entry finds that gift void: itself, or the request that it confirms.</summary>
    public static bool Voids(this ConsentEntry entry, ConsentEntry gift) =>
        entry.State == ConsentState.Invalidated && entry.RefersTo is { } found && (found == gift.Id || (gift.IsConfirmation && found == gift.RefersTo));

    /// <summary>
    /// Where a gift stands among the ends: at its proof, if that is older than what the sender's clock says. A gift whose
    /// proof is not newer than a withdrawal loses against it (E17).
    /// </summary>
    public static DateTimeOffset ProvedAt(this ConsentEntry entry) =>
        entry.Evidence is { } evidence && evidence.CapturedAt < entry.EffectiveAt ? evidence.CapturedAt : entry.EffectiveAt;

    /// <summary>Whether a gift came after an end for certain: what may be older than it ends.</summary>
    public static bool IsNewerThan(this ConsentEntry gift, ConsentEntry end) => gift.ProvedAt() > end.LatestAt();

    public static DateTimeOffset LatestAt(this ConsentEntry entry) => entry.AtLatest ?? entry.EffectiveAt;

    /// <summary>
    /// Whether a no of the person's is their word now: no newer yes of their own that counts takes back all of it; one that has run out takes back nothing. It has no
    /// expiry then, whether it was called an objection or not: an older yes that arrives late, or another basis, would carry what the person said no to (R-021;
    /// compliance 2.6, 4.4). The marker of a refusal in a banner serves to ask nobody too early, and nothing else (IT-CKC-1).
    /// </summary>
    /// <param name="consents">Of that ledger.</param>
    public static bool StandsIn(this ConsentEntry no, IReadOnlyList<ConsentEntry> ledger, IReadOnlyList<ConsentSpan> consents, DateTimeOffset now)
    {
        if (no is not { Kind: LedgerKind.Consent, State: ConsentState.Refused or ConsentState.Withdrawn, Controller.Length: 0, Evidence: not { Kind: EvidenceKind.CmpSignal } })
        {
            return false;
        }

        var newer = ledger.Where(yes => yes.IsOwnConsent() && yes.Purpose == no.Purpose && yes.Recipient == no.Recipient && yes.IsNewerThan(no)).Select(yes => yes.Id).ToHashSet();
        var given = consents.Where(consent => newer.Contains(consent.Id) && !consent.IsPending && consent.Until > now).Select(consent => consent.ContactChannel).ToHashSet();
        return no.Purpose != Purpose.DirectMarketing ? given.Count == 0
            : !(no.ContactChannels.Count == 0 ? AllMedia : no.ContactChannels).All(given.Contains);
    }

    /// <summary>Only marketing is decided medium by medium; for any other purpose a medium that is named narrows nothing.</summary>
    public static bool Covers(this ConsentEntry entry, Purpose purpose, ContactChannel channel) =>
        entry.Purpose == purpose
        && (purpose != Purpose.DirectMarketing || entry.ContactChannels.Count == 0 || entry.ContactChannels.Contains(channel));

    /// <summary>Whether it says something of what is asked for; unspecified: of any medium.</summary>
    public static bool IsAbout(this ConsentEntry entry, Purpose purpose, ContactChannel channel) =>
        channel == ContactChannel.Unspecified ? entry.Purpose == purpose : entry.Covers(purpose, channel);
}
