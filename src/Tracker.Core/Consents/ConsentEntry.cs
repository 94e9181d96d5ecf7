using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>One decision in the ledger of a profile. Entries never change but for the day they are deleted.</summary>
public sealed record ConsentEntry
{
    public required ConsentId Id { get; init; }

    public required TenantId Tenant { get; init; }

    public required ProfileId Profile { get; init; }

    /// <summary>Order in the ledger of the profile, from 1, set by the store.</summary>
    public long Sequence { get; init; }

    public required SourceId Source { get; init; }

    /// <summary>Keyed hash of (tenant, source, request id): a repeat finds the first answer.</summary>
    public required UInt128 RequestHash { get; init; }

    public LedgerKind Kind { get; init; } = LedgerKind.Consent;

    public required Purpose Purpose { get; init; }

    /// <summary>Empty for purposes without contact, and for a withdrawal for all media.</summary>
    public required IReadOnlyList<ContactChannel> ContactChannels { get; init; }

    /// <summary>
    /// Keyed hashes of the addresses that a gift was given for, of the kinds of its media, in clear so that no key is needed to
    /// decide. Empty: none was named, or it is from before they were kept, and it is about the person.
    /// </summary>
    public IReadOnlyList<IdentifierHash> Addresses { get; init; } = [];

    /// <summary>All media of the act that it is one part of; empty: it is the whole of it.</summary>
    public IReadOnlyList<ContactChannel> ActChannels { get; init; } = [];

    public required ConsentState State { get; init; }

    /// <summary>From when it counts: a grant late, a withdrawal early (compliance 2.6).</summary>
    public required DateTimeOffset EffectiveAt { get; init; }

    /// <summary>
    /// Of a no: the latest it may have been said, where one of two clocks, or the consent that it names, tells of later than
    /// it counts from. Which is right nobody knows, so every gift proved by then ends (compliance 2.6).
    /// </summary>
    public DateTimeOffset? AtLatest { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>When it was decided, in the sender's own words: tells a repeat of a request from another decision. Null: not stated.</summary>
    public DateTimeOffset? StatedAt { get; init; }

    /// <summary>When a given consent ends by itself; null for other states.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>
    /// Of a gift: the longest that anything collected under it is kept, as its notice states it, else as the rules did on the day
    /// that was registered. Longer rules come with a consent under a newer notice (E20). Null: none was stated.
    /// </summary>
    public CalendarPeriod? RetentionTerm { get; init; }

    /// <summary>Of a gift to profiling or personalisation: its notice tells that earlier visits are linked to the person (E10).</summary>
    public bool LinksEarlierVisits { get; init; }

    /// <summary>The one recipient it covers; empty: the controller itself .</summary>
    public string Recipient { get; init; } = "";

    /// <summary>To whom it was given; empty: to the tenant .</summary>
    public string Controller { get; init; } = "";

    public DecisionActor Actor { get; init; } = DecisionActor.Subject;

    /// <summary>What shows that a guardian or an authority may decide; never a personal name.</summary>
    public string AuthorityReference { get; init; } = "";

    /// <summary>Given explicitly for special categories as well (GDPR Art. 9(2)(a)).</summary>
    public bool IsExplicit { get; init; }

    /// <summary>Given in the shop or on paper; Art. 8 speaks of online services only.</summary>
    public bool IsOffline { get; init; }

    /// <summary>
    /// Of a gift: the age from which the person decided alone, by the rules of where they lived as was known then (GDPR Art. 8). A move changes
    /// what may be done from then on, not what was given (E13). 0: no age was known.
    /// </summary>
    public int AgeOfConsent { get; init; }

    /// <summary>The entry it is about: the pending one that it confirms, the consent that it renews or invalidates, the objection that it decides.</summary>
    public ConsentId? RefersTo { get; init; }

    /// <summary>Until when a pending one may be confirmed.</summary>
    public DateTimeOffset? ConfirmBy { get; init; }

    /// <summary>Register checks only: when the number was entered; null: it is not on the list.</summary>
    public DateTimeOffset? ListedSince { get; init; }

    /// <summary>Soft opt-ins only.</summary>
    public SoftOptInTerms? SoftOptIn { get; init; }

    /// <summary>Where it was collected.</summary>
    public Channel Channel { get; init; }

    /// <summary>The words that asked for exactly this purpose; empty: those of the notice.</summary>
    public string PurposeText { get; init; } = "";

    /// <summary>Entries that end a consent without the person only.</summary>
    public EndReason EndReason { get; init; }

    public DateTimeOffset? NoticeShownAt { get; init; }

    public string? NoticeId { get; init; }

    public string? NoticeVersion { get; init; }

    public Evidence? Evidence { get; init; }

    /// <summary>Details of the evidence, sealed with the key of (profile, evidence); empty: none.</summary>
    public ReadOnlyMemory<byte> SealedDetails { get; init; }

    public required DateTimeOffset? ExpireAt { get; init; }

    public IReadOnlyList<string> Holds { get; init; } = [];

    /// <summary>It confirms the pending one that it refers to; a renewal refers to what it supersedes.</summary>
    public bool IsConfirmation => State == ConsentState.Given && RefersTo is not null;

    /// <summary>All media of its act, of which it may have some.</summary>
    public IReadOnlyList<ContactChannel> WholeAct => ActChannels.Count == 0 ? ContactChannels : ActChannels;

    /// <summary>Somebody gave something: now, once more, or to be confirmed.</summary>
    public bool IsGift => State is ConsentState.Given or ConsentState.Renewed or ConsentState.PendingConfirmation;

    /// <summary>
    /// With the end that the ledger gives it; null: none while a consent needs it. A hold that the ledger has not set is not
    /// for the ledger to lift.
    /// </summary>
    public ConsentEntry Restamped(DateTimeOffset? expireAt)
    {
        List<string> holds = [.. Holds.Where(hold => hold != ConsentHold.Active)];
        if (expireAt is null)
        {
            holds.Add(ConsentHold.Active);
        }

        return this with { ExpireAt = holds.Count == 0 ? expireAt : null, Holds = holds };
    }

    /// <summary>
    /// With the end that a review gives it; null: none, because of its consent, if that stands, and of the legal holds on
    /// evidence.
    /// </summary>
    public ConsentEntry Reviewed(DateTimeOffset? expireAt, Control control)
    {
        var legal = ProfileHold.On(RetentionClass.Evidence, control.Holds);
        var isNeeded = Holds.Contains(ConsentHold.Active) || legal.Count == 0;
        return this with { ExpireAt = expireAt, Holds = expireAt is not null ? [] : isNeeded ? [ConsentHold.Active, .. legal] : legal };
    }
}
