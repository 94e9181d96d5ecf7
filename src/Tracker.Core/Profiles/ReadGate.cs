using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Security;

namespace Tracker.Core.Profiles;

/// <summary>
/// What a purpose may see now: a grant for it that has not ended by its own day nor by the rule in force, whose consent or
/// interest still carries, and against which no objection, restriction or hold stands. What will be deleted or rewritten is
/// therefore hidden at once, and told with the end it will have, whatever has been rewritten yet.
/// </summary>
public sealed class ReadGate
{
    private readonly Purpose _purpose;
    private readonly Policy _policy;
    private readonly Control? _control;
    private readonly DateTimeOffset _now;
    private readonly GrantEnds _ends;

    /// <param name="person">Null: what has no person.</param>
    public ReadGate(Purpose purpose, Policy policy, KnownPerson? person, DateTimeOffset now)
    {
        (_purpose, _policy, _control, _now) = (purpose, policy, person?.Control, now);
        _ends = new GrantEnds(policy, person?.Control.Facts ?? Facts.None, person?.History ?? PermissionHistory.None, person?.Age) { AsOf = now };
    }

    /// <param name="endedAt">When the order or the contract that it names was over; null: not known.</param>
    /// <param name="bookedOn">Null: its content, which says so, is not read yet.</param>
    /// <returns>What may be read of it; null: it is not to be seen.</returns>
    public Readable? Find(InteractionRecord record, DateTimeOffset? endedAt, DateOnly? bookedOn = null)
    {
        IReadOnlyList<string> holds = [.. record.Holds.Union(HoldsOn(record.Class))];
        if (holds.Count > 0)
        {
            // A hold keeps, it permits nothing but what it was placed for (compliance 3.5).
            return holds.Any(hold => HoldPurposes.Of(HoldName.Read(hold).Kind) == _purpose) ? ToReadable([.. record.Grants.Where(grant => grant.Purpose == _purpose)]) : null;
        }

        // Booked no later than it arrived; until the day itself is read, a reader must not lose the last ones.
        var fiscalEntry = bookedOn ?? CalendarArithmetic.LocalDate(record.ReceivedAt, _policy.Zone);
        return record.IsRestricted
            ? null
            : ToReadable(Find(record.Grants, DataCategory.CommercialProfiling, RecordAnchors.Of(record, _policy, _control?.Facts ?? Facts.None, fiscalEntry, endedAt), record.Decision));
    }

    /// <returns>The rights it may be read by; none: it is not to be seen.</returns>
    public IReadOnlyList<Grant> Find(ContactDocument contact) => contact.Holds.Count > 0 || HoldsOn(RetentionClass.Contact).Count > 0
        ? []
        : Find(contact.Grants, DataCategory.Contact, RecordAnchors.Of(contact, _policy), contact.Decision);

    /// <returns>What may be seen of it by these rights.</returns>
    public IReadOnlyList<SaidField> See(ContactDocument contact, IReadOnlyList<Grant> grants, ContactContent content)
    {
        var needed = _policy.FieldsNeeded(_purpose);
        return [.. content.Said(_purpose, (field, stated) => _ends.IsSeen(grants, field, stated, contact.LastInteractionAt, _now)).Where(said => needed.Contains(said.Field))];
    }

    /// <returns>What of the content a grant may see, now that the catalogue knows more of its products; null: nothing.</returns>
    public InteractionContent? See(Grant grant, InteractionContent content, SpecialProducts products) =>
        new SpecialCut(_policy, _ends, products, _now).Of([grant], content) is not { } cut ? content
        : cut.Grants.Count > 0 ? cut.Content
        : null;

    /// <summary>The profile is told of a hold first, its documents with the review that follows; readers do not wait for it.</summary>
    private IReadOnlyList<string> HoldsOn(RetentionClass member) => ProfileHold.On(member, _control?.Holds ?? []);

    /// <summary>A field ends with the grant whose rule is that of its category, whatever else of the record may still be read.</summary>
    private Readable? ToReadable(List<Grant> grants) =>
        grants.Count == 0 ? null : new(grants[0], _ends.FieldsOf(grants));

    /// <returns>Each with the end that counts now.</returns>
    private List<Grant> Find(IReadOnlyList<Grant> grants, DataCategory category, RetentionAnchors anchors, RecordDecision decision) =>
        [.. grants.Where(grant =>
            grant.Purpose == _purpose
            && grant.Until > _now
            && !IsBarred(grant)
            && _ends.IsConsentInForce(grant, _now)
            && !_ends.IsPaused(grant, _now)
            && IsInterestInForce(grant, anchors.EventTime)
            && !_ends.IsBarredByAge(grant, anchors.EventTime))
            .Select(grant => _ends.InForce(grant, category, anchors, decision))
            .Where(grant => grant.Until > _now)];

    /// <summary>Restricted data is used by consent, for claims and for the person's rights only (GDPR Art. 18(2)); what a duty keeps is stored.</summary>
    private bool IsBarred(Grant grant) =>
        _control?.IsRestricted == true && grant.Basis != LegalBasis.Consent && _purpose is not (Purpose.LegalClaims or Purpose.RightsHandling);

    /// <summary>An objection restricts until it is decided (GDPR Art. 18(1)(d)); an assessment that has run out proves nothing.</summary>
    private bool IsInterestInForce(Grant grant, DateTimeOffset eventTime) => grant.Basis != LegalBasis.LegitimateInterest
        || (!_ends.ObjectionsAgainst(grant, eventTime).Any()
            && (grant.Ground is EPrivacyGround.Technical122 or EPrivacyGround.SoftOptIn1304
                || _policy.IsAssessed(grant, _now)));
}
