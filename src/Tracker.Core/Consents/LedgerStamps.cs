using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Consents;

/// <summary>
/// Until when each entry of a ledger is kept. Proof of a consent: while it stands (hold CONSENT_ACTIVE), then P5Y (IT-EVI-1).
/// What ends or bounds a consent is kept at least as long as that consent, or its deletion would revive it; and a no that a consent
/// took back as long as that one, because it stands again where that is found to be void.
/// </summary>
public static class LedgerStamps
{
    /// <param name="others">What other profiles of the same person were given: a no counts for them too, and is kept as long.</param>
    /// <param name="isLeased">
    /// Whether noes that stand are kept on a lease: of somebody who named themselves and of whom more is held. Of anybody else they are kept as proof is, and as long as a person
    /// may be silent from when they became known: an old one that was imported is not gone before its person comes.
    /// </param>
    /// <returns>By entry; null: no end while a consent stands.</returns>
    public static IReadOnlyDictionary<ConsentId, DateTimeOffset?> Of(IReadOnlyList<ConsentEntry> ledger, IReadOnlyList<ConsentEntry> others, bool isLeased, Policy policy, DateTimeOffset now)
    {
        // A contract, which the ledger does not know of, may keep a consent in spite of the register.
        var history = ConsentHistory.Fold(ledger, Activity.OfNothing(policy) with { Contracts = [new(DateTimeOffset.MinValue, null)] });
        var ends = history.Consents.ToLookup(span => span.Id, span => span.Until);
        var objections = history.Objections.ToLookup(span => span.Id, span => span.Until);
        var stamps = new Dictionary<ConsentId, DateTimeOffset?>();
        foreach (var gift in ledger.Where(IsBounded))
        {
            stamps[gift.Id] = OfBounded(gift, ends[gift.Id].Concat(ledger.Where(entry => entry.Voids(gift)).Select(KnownAt)), policy);
        }

        List<(ConsentEntry Gift, DateTimeOffset? End)> gifts = [.. ledger.Where(IsBounded).Select(gift => (gift, stamps[gift.Id])), .. others.Select(gift => (gift, gift.ExpireAt))];
        foreach (var entry in ledger.Where(entry => !IsBounded(entry)))
        {
            var end = OfOther(entry, gifts, objections, policy, now);
            stamps[entry.Id] = entry.StandsIn(ledger, history.Consents, now) ? LaterOf(end, isLeased ? LeaseFrom(policy, now) : policy.Add(entry.RecordedAt, policy.InactivityCap)) : end;
        }

        return stamps;
    }

    /// <returns>The entries whose end is another: earlier at once, later only because of what is added. A rule that became longer lengthens nothing (E20).</returns>
    public static IReadOnlyDictionary<ConsentId, DateTimeOffset?> Changes(
        IReadOnlyList<ConsentEntry> stored,
        IReadOnlyDictionary<ConsentId, DateTimeOffset?> before,
        IReadOnlyDictionary<ConsentId, DateTimeOffset?> after) => stored
            .Where(entry => after[entry.Id] != entry.ExpireAt && (after[entry.Id] != before[entry.Id] || entry.ExpireAt is null || after[entry.Id] < entry.ExpireAt))
            .ToDictionary(entry => entry.Id, entry => after[entry.Id]);

    /// <summary>IT-EVI-1: proof is kept after the end only as long as claims may come, and by no rule for longer that came after it was recorded (E20).</summary>
    private static DateTimeOffset KeepProofUntil(Policy policy, ConsentEntry proof, DateTimeOffset end) => policy.FindEarlierSince(proof.RecordedAt).Append(policy)
        .Select(rules => RetentionArithmetic.Due(RuleOf(rules, isLeased: false), RetentionAnchors.ForEvidence(end, rules.Zone), rules.Zone))
        .Min();

    /// <summary>IT-SUP-1: a no has no expiry, and nothing is kept without an end.</summary>
    public static DateTimeOffset LeaseFrom(Policy policy, DateTimeOffset review) =>
        RetentionArithmetic.Due(RuleOf(policy, isLeased: true), RetentionAnchors.ForEvidence(review, policy.Zone) with { ConsentEnd = null, Review = review }, policy.Zone);

    /// <summary>The right to keep an entry until then.</summary>
    public static Grant GrantOf(Policy policy, bool isLeased, DateTimeOffset until) =>
        new(PurposeOf(isLeased), LegalBasis.LegalObligation, EPrivacyGround.Unspecified, [], RuleOf(policy, isLeased).Id, until);

    private static RetentionRule RuleOf(Policy policy, bool isLeased) => policy.FindRule(PurposeOf(isLeased), DataCategory.Evidence, LegalBasis.LegalObligation)!;

    private static Purpose PurposeOf(bool isLeased) => isLeased ? Purpose.Suppression : Purpose.ConsentEvidence;

    /// <summary>It counts until something ends it.</summary>
    public static bool IsBounded(ConsentEntry entry) => entry.Kind switch
    {
        LedgerKind.Consent => entry.IsGift || entry.State == ConsentState.Requested,
        LedgerKind.SoftOptIn => true,
        _ => false,
    };

    private static DateTimeOffset? OfBounded(ConsentEntry gift, IEnumerable<DateTimeOffset> ends, Policy policy) => gift switch
    {
        { Kind: LedgerKind.SoftOptIn } => KeepProofUntil(policy, gift, policy.Add(gift.EffectiveAt, policy.SoftOptInWindow)),
        { State: ConsentState.Requested } => policy.Add(gift.RecordedAt, policy.ReaskAfter),
        // What nobody confirmed goes with its token; the confirmation keeps its own copy of the proof.
        { State: ConsentState.PendingConfirmation } => gift.ConfirmBy ?? policy.Add(gift.RecordedAt, policy.ConfirmationValidity),
        _ => ends.Max() is var end && end < DateTimeOffset.MaxValue ? KeepProofUntil(policy, gift, end) : null,
    };

    /// <param name="end">Null: none.</param>
    private static DateTimeOffset? LaterOf(DateTimeOffset? end, DateTimeOffset least) => end < least ? least : end;

    private static DateTimeOffset? OfOther(
        ConsentEntry entry,
        List<(ConsentEntry Gift, DateTimeOffset? End)> gifts,
        ILookup<ConsentId, DateTimeOffset> objections,
        Policy policy,
        DateTimeOffset now)
    {
        var about = entry.State is ConsentState.ObjectionUpheld or ConsentState.ObjectionRejected ? entry.RefersTo ?? entry.Id : entry.Id;
        if (objections[about].Any() && objections[about].Max() == DateTimeOffset.MaxValue)
        {
            return LeaseFrom(policy, now);
        }

        List<DateTimeOffset?> bounded = [.. gifts.Where(other => Bounds(entry, other.Gift, policy)).Select(other => other.End)];
        return bounded.Contains(null) ? null : bounded.Append(OwnEnd(entry, objections[about], policy, bounded.Count == 0)).Max();
    }

    private static DateTimeOffset OwnEnd(ConsentEntry entry, IEnumerable<DateTimeOffset> objection, Policy policy, bool isAlone) => entry switch
    {
        { Kind: LedgerKind.RegisterCheck } => KeepProofUntil(policy, entry, policy.Add(entry.EffectiveAt, policy.RegisterCheckValidity)),
        { Kind: LedgerKind.Objection } => KeepProofUntil(policy, entry, objection.Append(entry.LatestAt()).Max()),
        { State: ConsentState.Invalidated } => KeepProofUntil(policy, entry, KnownAt(entry)),
        // The marker of a refusal in a banner serves to ask nobody too early, and nothing else (IT-CKC-1).
        { State: ConsentState.Refused, Evidence.Kind: EvidenceKind.CmpSignal } when isAlone => policy.Add(entry.LatestAt(), policy.ReaskAfter),
        // From the end itself, however late it became known: a consent from before it that arrives even later ended then too.
        _ => KeepProofUntil(policy, entry, entry.LatestAt()),
    };

    /// <summary>A void consent ended when it began; claims on it begin when it is found to be void, and its proof is wanted from then on.</summary>
    private static DateTimeOffset KnownAt(ConsentEntry finding) => finding.RecordedAt > finding.EffectiveAt ? finding.RecordedAt : finding.EffectiveAt;

    /// <summary>Whether more would be permitted if the entry were not there: the gift itself, or what it says without the gift.</summary>
    private static bool Bounds(ConsentEntry entry, ConsentEntry gift, Policy policy) => entry.Kind == LedgerKind.RegisterCheck
        ? entry.ListedSince >= gift.ProvedAt() && ConsentFold.Channels(gift).Any(channel => entry.Covers(gift.Purpose, channel))
        : entry.IsEnd()
            && (entry.State is ConsentState.Invalidated or ConsentState.Objected or ConsentState.Withdrawn or ConsentState.Refused || !gift.IsNewerThan(entry) || gift.Kind == LedgerKind.SoftOptIn)
            && ConsentFold.Channels(gift).Any(channel => ConsentFold.IsMeant(gift, channel, entry, policy.ObjectionReach));
}
