using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Security;

namespace Tracker.Core.Retention;

/// <summary>
/// What of everything that is held under one profile may still be kept, for what, until when: a pure function of the
/// documents, the ledger, the facts, the holds, the policy and the hour. Ends only move earlier, so a second review of the
/// same hour changes nothing.
/// </summary>
public sealed class ProfileReview
{
    private readonly ProfileHoldings _held;
    private readonly ProfileVault _vault;
    private readonly Policy _policy;
    private readonly ContractEnds _contracts;
    private readonly DateTimeOffset _now;
    private readonly GrantEnds _ends;

    public ProfileReview(ProfileHoldings held, ProfileVault vault, Policy policy, ContractEnds contracts, DateTimeOffset now)
    {
        (_held, _vault, _policy, _contracts, _now) = (held, vault, policy, contracts, now);
        History = held.Fold(policy);
        _ends = new GrantEnds(policy, held.Control.Facts, History, held.Others.AgeOf(vault.OpenAge(held.Control)), contracts) { AsOf = now, KeepsWhatRests = true };
    }

    public PermissionHistory History { get; }

    /// <param name="products">Products in it that reveal something; null: none has become so since it was decided.</param>
    public Reviewed<InteractionRecord> Review(InteractionRecord record, SpecialProducts? products = null)
    {
        var holds = HoldsOn(record.Class);
        if (holds.Count > 0)
        {
            return Held(record, holds);
        }

        var anchors = RecordAnchors.Of(record, _policy, _held.Control.Facts, FiscalEntry(record), _contracts.Of(record), _contracts);
        var cut = products is null ? null : Cut(record, products);
        var grants = Standing(cut?.Grants ?? record.Grants, DataCategory.CommercialProfiling, anchors, record.Decision);
        if (grants.Count == 0)
        {
            return new(null, cut is not null ? ReviewCause.SpecialCategory : CauseOf(record.Grants, DataCategory.CommercialProfiling, anchors), null);
        }

        var end = grants.Max(grant => grant.Until);
        var cause = record.Holds.Count > 0 ? ReviewCause.Hold
            : cut is not null ? ReviewCause.SpecialCategory
            : grants.SequenceEqual(record.Grants) && record.ExpireAt == end ? ReviewCause.None
            : CauseOf(record.Grants, DataCategory.CommercialProfiling, anchors);
        var kept = cause == ReviewCause.None ? record : record with { Grants = grants, ExpireAt = end, Holds = [], IsRestricted = false };
        if (cut is null && !MayHoldTooMuch(record, grants))
        {
            return new(kept, cause, GrantEnds.StripAt(grants));
        }

        return Minimised(record, grants, cut?.Content) switch
        {
            null => new(null, cause == ReviewCause.None ? ReviewCause.Field : cause, null),
            { IsEmpty: true } => new(kept, cause, GrantEnds.StripAt(grants)),
            { } payload => new(kept with { Payload = payload }, cause == ReviewCause.None ? ReviewCause.Field : cause, GrantEnds.StripAt(grants)),
        };
    }

    public Reviewed<ContactDocument> Review(ContactDocument contact)
    {
        var holds = HoldsOn(RetentionClass.Contact);
        if (holds.Count > 0)
        {
            var isHeld = contact.ExpireAt is null && contact.Holds.SequenceEqual(holds);
            return isHeld ? new(contact, ReviewCause.None, null) : new(Next(contact) with { Holds = holds, ExpireAt = null }, ReviewCause.Hold, null);
        }

        var anchors = RecordAnchors.Of(contact, _policy);
        var grants = Standing(contact.Grants, DataCategory.Contact, anchors, contact.Decision);
        if (grants.Count == 0)
        {
            return new(null, CauseOf(contact.Grants, DataCategory.Contact, anchors), null);
        }

        var next = GrantEnds.Earlier(GrantEnds.StripAt(grants), _ends.Terms.FirstOf(grants, contact.LastInteractionAt));
        bool MayKeep(ContentField field, StatedFor stated) => _ends.IsSeen(grants, field, stated, contact.LastInteractionAt, _now);
        var opened = _vault.Open(contact);
        var isCut = opened?.IsKept(MayKeep) == false;
        var end = grants.Max(grant => grant.Until);
        var isSame = grants.SequenceEqual(contact.Grants);
        if (!isCut && contact.Holds.Count == 0 && contact.ExpireAt == end && isSame)
        {
            return new(contact, ReviewCause.None, next);
        }

        var cause = contact.Holds.Count > 0 ? ReviewCause.Hold
            : isCut && isSame ? ReviewCause.Field
            : CauseOf(contact.Grants, DataCategory.Contact, anchors);
        var kept = Next(contact) with { Grants = grants, ExpireAt = end, Holds = [] };
        if (!isCut && grants.Count == contact.Grants.Count && contact.Holds.Count == 0)
        {
            return new(kept, cause, next);
        }

        return opened is null
            ? new(null, cause, null)
            : new(kept with { Payload = _vault.Seal(kept, opened.KeptOnlyFor(MayKeep)) }, cause, next);
    }

    /// <summary>New ends of entries of the ledger.</summary>
    /// <param name="isAnyLeft">A record or the contact document stays.</param>
    public IReadOnlyDictionary<ConsentId, DateTimeOffset?> RestampLedger(bool isAnyLeft)
    {
        if (HoldsOn(RetentionClass.Evidence).Count > 0)
        {
            return _held.Ledger.Where(entry => entry.ExpireAt is not null).ToDictionary(entry => entry.Id, _ => (DateTimeOffset?)null);
        }

        var isMoreLeft = IsMoreLeft(isAnyLeft);
        var stamps = _held.Stamp(_held.Ledger, isMoreLeft, _policy, _now);
        var renewed = LeasesOfNoes.Renew(_held, History, isMoreLeft, _policy, _now);
        return new Dictionary<ConsentId, DateTimeOffset?>([.. Moved(stamps, isMoreLeft).Concat(Released(stamps)).Concat(renewed).DistinctBy(entry => entry.Key)]);
    }

    /// <summary>The entries of the ledger that stay for some time, each as a right by the rule that keeps it; those without an end are kept by a consent or a hold.</summary>
    /// <param name="isAnyLeft">As above.</param>
    public IEnumerable<(ConsentId Entry, Grant Grant)> KeepLedger(bool isAnyLeft)
    {
        var leased = LeasesOfNoes.Standing(_held, History, IsMoreLeft(isAnyLeft), _now).Select(entry => entry.Id).ToHashSet();
        return AsStamped(isAnyLeft)
            .Where(entry => entry.ExpireAt > _now)
            .Select(entry => (entry.Id, LedgerStamps.GrantOf(_policy, leased.Contains(entry.Id), entry.ExpireAt!.Value)));
    }

    /// <summary>When the profile must be looked at again whatever happens: the next lapse of its consents, the next renewal of a lease.</summary>
    /// <param name="isAnyLeft">As above.</param>
    public IEnumerable<DateTimeOffset> NextReviews(bool isAnyLeft)
    {
        var activity = Activity.Of(_held.Control, _policy);
        if (activity.LapsesAt is { } lapse && lapse > _now && History.Consents.Any(span => span.Until > _now && !span.IsPending))
        {
            yield return lapse;
        }

        foreach (var end in History.Consents.Where(span => span.End is SpanEnd.Time or SpanEnd.Cancelled && span.Until > _now && span.Until < DateTimeOffset.MaxValue))
        {
            yield return end.Until;
        }

        if (LeasesOfNoes.NextRenewal(_held with { Ledger = AsStamped(isAnyLeft) }, History, _policy, _now) is { } renewal)
        {
            yield return renewal;
        }
    }

    /// <summary>The ledger as it is after this review.</summary>
    private List<ConsentEntry> AsStamped(bool isAnyLeft)
    {
        var restamped = RestampLedger(isAnyLeft);
        return [.. _held.Ledger.Select(entry => restamped.TryGetValue(entry.Id, out var moved) ? entry with { ExpireAt = moved } : entry)];
    }

    /// <summary>Of the person, that a no may bar. Whoever is silent and of whom nothing is held has nothing that an older yes could bring back: it ended with the silence.</summary>
    private bool IsMoreLeft(bool isAnyLeft) => isAnyLeft || _held.HaveOthersMore || Activity.Of(_held.Control, _policy).LapsesAt > _now;

    /// <summary>Entries that a hold on evidence kept and no consent needs are measured by their own end again.</summary>
    private Dictionary<ConsentId, DateTimeOffset?> Released(IReadOnlyDictionary<ConsentId, DateTimeOffset?> stamps)
    {
        List<ConsentId> released = [.. _held.Ledger.Where(entry => entry.ExpireAt is null && !entry.Holds.Contains(ConsentHold.Active)).Select(entry => entry.Id)];
        return released.ToDictionary(id => id, id => stamps[id]);
    }

    /// <summary>
    /// A shorter rule for evidence ends it earlier (E19). And a no is kept for as long as what it bars of any profile of the person, after an unmerge no longer
    /// than alone.
    /// </summary>
    private IEnumerable<KeyValuePair<ConsentId, DateTimeOffset?>> Moved(IReadOnlyDictionary<ConsentId, DateTimeOffset?> stamps, bool isMoreLeft)
    {
        var ofPerson = _held.Control.Links.All(link => link.IsDenial) ? [] : _held.Ledger.Where(OtherProfiles.IsNo).Select(entry => entry.Id).ToHashSet();
        var leased = LeasesOfNoes.Standing(_held, History, isMoreLeft, _now).Select(entry => entry.Id).ToHashSet();
        bool IsMoved(ConsentEntry entry, DateTimeOffset? end) =>
            leased.Contains(entry.Id) ? ofPerson.Contains(entry.Id) && end is null != entry.ExpireAt is null
            : ofPerson.Contains(entry.Id) ? end != entry.ExpireAt
            : end < entry.ExpireAt;

        return _held.Ledger.Where(entry => IsMoved(entry, stamps[entry.Id])).Select(entry => KeyValuePair.Create(entry.Id, stamps[entry.Id]));
    }

    private static Reviewed<InteractionRecord> Held(InteractionRecord record, IReadOnlyList<string> holds)
    {
        var isHeld = record is { ExpireAt: null, IsRestricted: true } && record.Holds.SequenceEqual(holds);
        return isHeld
            ? new(record, ReviewCause.None, null)
            : new(record with { Holds = holds, ExpireAt = null, IsRestricted = true }, ReviewCause.Hold, null);
    }

    private IReadOnlyList<string> HoldsOn(RetentionClass member) => ProfileHold.On(member, _held.Control.Holds);

    private List<Grant> Standing(IReadOnlyList<Grant> grants, DataCategory category, RetentionAnchors anchors, RecordDecision decision) => [.. grants
        .Select(grant => _ends.InForce(grant, category, anchors, decision))
        .Where(grant => grant.Until > _now && !_ends.IsBarredByAge(grant, anchors.EventTime))];

    /// <summary>Of the first grant that ends earlier than it was to.</summary>
    private ReviewCause CauseOf(IReadOnlyList<Grant> grants, DataCategory category, RetentionAnchors anchors)
    {
        var grant = grants.FirstOrDefault(grant => _ends.EndOf(grant, category, anchors) < grant.Until);
        if (grant is null)
        {
            return ReviewCause.Rule;
        }

        return !_ends.IsConsentInForce(grant, _now) ? ReviewCause.Consent
            : _ends.ObjectionsAgainst(grant, anchors.EventTime).Any() ? ReviewCause.Objection
            : ReviewCause.Rule;
    }

    private DateOnly FiscalEntry(InteractionRecord record)
    {
        var isAsked = record.Grants.Any(grant => _ends.AsksForBooking(grant, record.OccurredAt));
        return RecordAnchors.FiscalEntry(isAsked ? _vault.Open(record)?.Content : null, record.OccurredAt, _policy);
    }

    /// <returns>Null: nothing of it is special, or all of it may stay.</returns>
    private (IReadOnlyList<Grant> Grants, SealedContent Content)? Cut(InteractionRecord record, SpecialProducts products) =>
        _vault.Open(record) is { } opened && new SpecialCut(_policy, _ends, products, _now).Of(record.Grants, opened.Content) is { } cut
            ? (cut.Grants, opened with { Content = cut.Content })
            : null;

    private bool MayHoldTooMuch(InteractionRecord record, List<Grant> grants) =>
        grants.Count < record.Grants.Count || !record.Decision.PolicySha256.Span.SequenceEqual(_policy.Sha256.Span);

    /// <returns>Empty: there is nothing to take away. Null: it cannot be opened any more, so that nothing is left of it.</returns>
    private ReadOnlyMemory<byte>? Minimised(InteractionRecord record, List<Grant> grants, SealedContent? cut)
    {
        if ((cut ?? _vault.Open(record)) is not { } opened)
        {
            return null;
        }

        var needed = _ends.FieldsOf(grants);
        return cut is null && opened.Content.Fields().Except(needed).IsEmpty
            ? ReadOnlyMemory<byte>.Empty
            : _vault.Seal(record, opened with { Content = opened.Content.Keep(needed) });
    }

    private static ContactDocument Next(ContactDocument contact) => contact with { Version = contact.Version + 1 };
}
