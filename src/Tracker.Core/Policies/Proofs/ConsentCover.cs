using Tracker.Core.Model;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Policies.Proofs;

/// <summary>All consents to one purpose that cover a claim, or the reason why none does.</summary>
/// <param name="Consents">Each once.</param>
/// <param name="Until">When the last of them ends.</param>
/// <param name="RetentionTerm">The longest that one of them states; null: none does.</param>
/// <param name="IsExplicit">All of them were given explicitly for special categories.</param>
internal readonly record struct ConsentCover(Reason Reason, IReadOnlyList<ConsentId> Consents, DateTimeOffset Until, CalendarPeriod? RetentionTerm, bool IsExplicit)
{
    public static ConsentCover Find(in Claim claim, Purpose purpose, string recipient)
    {
        var consents = claim.Question.History.Consents;
        var (reason, hasIntervened, explicitOnes, covering) = (Reason.ConsentMissing, false, 0, 0);
        for (var i = 0; i < consents.Count; i++)
        {
            if (consents[i].Purpose != purpose)
            {
                continue;
            }

            var found = WhyNot(claim, consents[i], recipient);
            covering += found == Reason.None ? 1 : 0;
            explicitOnes += found == Reason.None && consents[i].IsExplicit ? 1 : 0;
            hasIntervened |= IsEndedInBetween(consents[i], claim.Question) && IsInScope(claim, consents[i], recipient);
            reason = Weight(found) > Weight(reason) ? found : reason;
        }

        if (covering == 0)
        {
            return Denied(reason == Reason.ConsentNotRetroactive && hasIntervened ? Reason.WithdrawalIntervened : reason);
        }

        // An explicit consent alone is the proof where it carries special categories: they must go when it ends.
        var isExplicit = explicitOnes == covering || (explicitOnes > 0 && !claim.Question.Special.IsEmpty);
        return claim.Admissible.Ground == EPrivacyGround.RpoChecked1303Bis && RegisterOfObjections.IsStale(claim)
            ? Denied(Reason.RpoStale)
            : Collect(claim, purpose, recipient, isExplicit, isExplicit ? explicitOnes : covering);
    }

    private static ConsentCover Collect(in Claim claim, Purpose purpose, string recipient, bool isExplicit, int atMost)
    {
        var consents = claim.Question.History.Consents;
        var (ids, count, until) = (new ConsentId[atMost], 0, DateTimeOffset.MinValue);
        CalendarPeriod? term = null;
        var last = default(ConsentId);
        for (var i = 0; i < consents.Count && count < atMost; i++)
        {
            var consent = consents[i];
            if (consent.Purpose != purpose || (isExplicit && !consent.IsExplicit) || WhyNot(claim, consent, recipient) != Reason.None)
            {
                continue;
            }

            until = consent.Until > until ? consent.Until : until;
            term = StatedTerms.Longer(term, consent.RetentionTerm);
            if (consent.Id != last)
            {
                ids[count++] = consent.Id;
                last = consent.Id;
            }
        }

        return new(Reason.None, count == ids.Length ? ids : ids[..count], until, term, isExplicit);
    }

    /// <summary>Their ids, as a grant carries them.</summary>
    public IReadOnlyList<string> EvidenceIds()
    {
        var ids = new string[Consents.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = Consents[i].ToString();
        }

        return ids;
    }

    private static ConsentCover Denied(Reason reason) => new(reason, [], default, null, false);

    private static Reason WhyNot(in Claim claim, ConsentSpan consent, string recipient)
    {
        var question = claim.Question;
        if (!IsInScope(claim, consent, recipient))
        {
            // A consent for the media of another row says nothing where any medium is asked for.
            return consent.Controller.Length > 0 ? Reason.ControllerMismatch
                : question.ContactChannel == ContactChannel.Unspecified && consent.Recipient == recipient ? Reason.ConsentMissing
                : Reason.ConsentScope;
        }

        if (Addresses.AreOthers(consent.Addresses, question.Identifiers))
        {
            return Reason.ConsentScope;
        }

        // The contact comes first, as in compliance 3.7; a request that nobody confirmed tells that before anything else.
        if (consent.From > question.OccurredAt && !consent.IsPending)
        {
            return Reason.ConsentNotRetroactive;
        }

        if (consent.Until <= question.Now)
        {
            return consent.End switch
            {
                SpanEnd.Time => Reason.ConsentExpired,
                SpanEnd.Cancelled => Reason.RpoListed,
                _ => Reason.ConsentWithdrawn,
            };
        }

        if (consent.IsPending)
        {
            return Reason.ConsentPending;
        }

        return Ages.NeedsGuardian(claim.Policy, question.Age, question.IsChildDirected, consent) ? Reason.GuardianRequired
            : Ages.LacksAuthority(claim.Policy, question.Age, consent) ? Reason.NoAuthority
            : Ages.IsPaused(claim.Policy, question.Age, consent, question.OccurredAt) || Ages.IsPaused(claim.Policy, question.Age, consent, question.Now) ? Reason.GuardianRequired
            : Ages.IsProfileOfMinor(claim.Policy, consent.Purpose, question.Age, question.IsChildDirected, consent.From) ? Reason.ConsentMissing
            : consent.ContactChannel != ContactChannel.Unspecified && Objections.Stand(claim, consent.ContactChannel) ? Reason.Objected
            : Reason.None;
    }

    private static bool IsInScope(in Claim claim, ConsentSpan consent, string recipient) =>
        consent.Controller.Length == 0
        && consent.Recipient == recipient
        // A consent to what has no media is for none in particular.
        && (claim.MayRestOnConsentTo(consent.ContactChannel) || (consent.Purpose != claim.Purpose && consent.ContactChannel == ContactChannel.Unspecified));

    /// <summary>E05: one consent covered the contact and ended, another counts now. Neither covers both.</summary>
    private static bool IsEndedInBetween(ConsentSpan consent, GateQuestion question) =>
        consent.End != SpanEnd.Time && consent.From <= question.OccurredAt && question.OccurredAt < consent.Until && consent.Until <= question.Now;

    /// <summary>Of several consents that do not carry, the one that comes nearest tells why.</summary>
    private static int Weight(Reason reason) => reason switch
    {
        Reason.ConsentMissing or Reason.None => 0,
        Reason.ConsentScope => 1,
        Reason.ControllerMismatch => 2,
        Reason.ConsentExpired => 3,
        Reason.ConsentWithdrawn => 4,
        Reason.ConsentPending => 5,
        Reason.ConsentNotRetroactive => 6,
        Reason.Objected => 7,
        _ => 8,
    };
}
