using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies.History;
using Tracker.Core.Policies.Proofs;

namespace Tracker.Core.Policies;

/// <summary>
/// When the right to keep something ends, from all that is known of the person now: the rule in force with every anchor
/// that has become known, and the law where it asks for more than the rule does.
/// </summary>
public sealed class GrantEnds
{
    private readonly Policy _policy;
    private readonly Facts _facts;
    private readonly PermissionHistory _history;
    private readonly SubjectAge? _age;
    private readonly ContractEnds? _contracts;
    private readonly Dictionary<(Purpose Purpose, LegalBasis Basis, EPrivacyGround Ground, string RuleId), FieldSet> _fields = [];
    private readonly GrantConsents _consents;

    /// <param name="age">Null: not known.</param>
    /// <param name="contracts">What is known of the numbers that rights of the contact document name; null: what is stored is near enough.</param>
    public GrantEnds(Policy policy, Facts facts, PermissionHistory history, SubjectAge? age, ContractEnds? contracts = null)
    {
        (_policy, _facts, _history, _age, _contracts) = (policy, facts, history, age, contracts);
        _consents = new(policy, history, age);
    }

    /// <summary>What has ended by then carries nothing; by default everything counts.</summary>
    public DateTimeOffset AsOf { get; init; } = DateTimeOffset.MinValue;

    /// <summary>Asked for what is to be kept, and not for who may see it: what was collected on a consent that rests now stays (E13).</summary>
    public bool KeepsWhatRests { get; init; }

    public GrantEnds KeepingWhatRests() => new(_policy, _facts, _history, _age, _contracts) { AsOf = AsOf, KeepsWhatRests = true };

    /// <summary>How long was said that what rests on consents is kept.</summary>
    public PromisedTerms Terms => field ??= new(_policy, _history, _consents.Of, AsOf, span => IsPaused(span, AsOf));

    /// <returns>When the first purpose ends that leaves something behind; null: all end together.</returns>
    public static DateTimeOffset? StripAt(IReadOnlyList<Grant> grants)
    {
        var first = grants.Min(grant => grant.Until);
        return first < grants.Max(grant => grant.Until) ? first : null;
    }

    /// <summary>Never later than what is stored: lengthening a rule is not retroactive (E20).</summary>
    public DateTimeOffset EndOf(Grant grant, DataCategory category, RetentionAnchors known)
    {
        var due = Due(grant, category, known).Until;
        return due < grant.Until ? due : grant.Until;
    }

    /// <summary>A grant with the end that counts now. One that comes earlier than what is stored is told to be of another policy than the one that decided, if it is.</summary>
    public Grant InForce(Grant grant, DataCategory category, RetentionAnchors known, RecordDecision decision) =>
        Due(grant, category, known) is var (end, by) && end < grant.Until ? grant with { Until = end, EndPolicy = by.NameBeside(decision) } : grant;

    /// <summary>As if it were granted now, for the one document whose clock slides; but by no policy that was in force since it was given, or since it happened, for longer (E19, E20).</summary>
    /// <returns>The end, and the policy that it is from.</returns>
    public (DateTimeOffset Until, Policy By) Due(Grant grant, DataCategory category, RetentionAnchors known)
    {
        var anchors = Complete(grant, known);
        var due = (Until: Due(_policy, grant, category, anchors), By: _policy);
        foreach (var earlier in _policy.FindEarlierSince(GivenAt(grant, anchors)))
        {
            var until = Due(earlier, grant, category, anchors.By(earlier, _facts));
            due = until < due.Until ? (until, earlier) : due;
        }

        return due;
    }

    /// <summary>Whether the end of what happened then depends on the day that it was booked on.</summary>
    public bool AsksForBooking(Grant grant, DateTimeOffset eventTime) => _policy.FindEarlierSince(eventTime).Append(_policy)
        .SelectMany(policy => RulesOf(policy, grant, DataCategory.CommercialProfiling))
        .Any(rule => rule.Terminators.Any(end => end.Anchor is Anchor.FiscalEntry or Anchor.FiscalYearEnd));

    /// <summary>Whether what a right of the contact document rests on is known to be over, or to have an end.</summary>
    public bool HasKnownEnd(Grant grant, RetentionAnchors known) => Complete(grant, known).ContractEnd is not null;

    /// <summary>Whether the consent that carries a grant counts at that instant; true of any other basis.</summary>
    public bool IsConsentInForce(Grant grant, DateTimeOffset now) =>
        grant.Basis != LegalBasis.Consent || _consents.EndOf(_consents.Of(grant), grant.IsChildDirected) is not { } end || end > now;

    /// <summary>Whether of the consents to a purpose that carry it all rest, because the person moved to where they are too young for them (E13).</summary>
    public bool IsPaused(Grant grant, DateTimeOffset now) =>
        grant.Basis == LegalBasis.Consent && _consents.Of(grant).Where(span => span.Until > now).GroupBy(span => span.Purpose).Any(spans => spans.All(span => IsPaused(span, now)));

    /// <summary>What of GDPR Art. 9(1) a grant shows: all of it on an explicit consent, otherwise what conditions of the policy cover.</summary>
    public SpecialCategorySet MaySee(Grant grant, DateTimeOffset now) =>
        ExplicitProof(grant, now).Count > 0 ? SpecialCategorySet.OfArticle9 : SpecialCategories.CoveredBy(_policy, grant.Purpose);

    /// <summary>
    /// Of contact details: no address of a medium that nothing carries any more. Where nothing but the policy says that a field is
    /// special, it may be of any category.
    /// </summary>
    public FieldSet FieldsSeen(Grant grant, DateTimeOffset now) => AddressesSeen(grant, now)
        & (MaySee(grant, now).Contains(SpecialCategorySet.OfArticle9) ? FieldSet.All : FieldSet.All.Except(_policy.Traits.Special));

    /// <summary>
    /// Of the proof of a grant what carries these categories: all of it under a condition of the policy, otherwise of the
    /// consents to its purpose the explicit ones that count. Empty: nothing does.
    /// </summary>
    public IReadOnlyList<string> ProofFor(SpecialCategorySet special, Grant grant, DateTimeOffset now) =>
        SpecialCategories.CoveredBy(_policy, grant.Purpose).Contains(special) ? grant.EvidenceIds : ExplicitProof(grant, now);

    /// <summary>Of the proof of a grant what counts now, if the consents to its purpose among it are explicit; empty: they are not, or none is left.</summary>
    public IReadOnlyList<string> ExplicitProof(Grant grant, DateTimeOffset now)
    {
        List<ConsentSpan> proof = [.. _consents.Of(grant).Where(span => span.Purpose != grant.Purpose || IsExplicit(span, now))];
        return grant.Basis == LegalBasis.Consent && proof.Exists(span => span.Purpose == grant.Purpose) ? [.. proof.Select(span => span.Id.ToString()).Distinct()] : [];
    }

    /// <summary>The fields that are kept under a grant: those whose category ends by its rule. A rule that no category has any more covers all.</summary>
    public FieldSet FieldsOf(Grant grant)
    {
        var name = (grant.Purpose, grant.Basis, grant.Ground, grant.RuleId);
        return _fields.TryGetValue(name, out var known) ? known : _fields[name] = FindFields(grant);
    }

    /// <summary>The same of all that a record is kept by.</summary>
    public FieldSet FieldsOf(IEnumerable<Grant> grants) => grants.Aggregate(default(FieldSet), (fields, grant) => fields | FieldsOf(grant));

    /// <summary>
    /// No profile of a minor is kept or read, and no marketing on an interest, which weighs less than the child's: also where the age
    /// becomes known later, or is not known any more to a source for children (R-026, R-045, E14, E15).
    /// </summary>
    public bool IsBarredByAge(Grant grant, DateTimeOffset eventTime) =>
        Ages.IsProfileOfMinor(_policy, grant.Purpose, _age, grant.IsChildDirected, eventTime)
        || (grant is { Basis: LegalBasis.LegitimateInterest, Ground: not EPrivacyGround.Technical122 }
            && ObjectionSpan.IsAbsoluteTo(grant.Purpose, _policy.ObjectionReach)
            && Ages.MayBeMinor(_policy, _age, grant.IsChildDirected, eventTime));

    /// <summary>Objections to keeping for a purpose what came at that time or later, whatever was decided of them.</summary>
    public IEnumerable<ObjectionSpan> ObjectionsTo(Grant grant, DateTimeOffset eventTime) => _history.Objections.Where(objection =>
        objection.Until > eventTime
        && Objections.IsTo(objection, _policy, grant.Purpose, grant.Basis)
        && (objection.ContactChannel == ContactChannel.Unspecified || IsFor(grant, objection.ContactChannel)));

    /// <summary>Those of them that bind, because they are open or were upheld.</summary>
    public IEnumerable<ObjectionSpan> ObjectionsAgainst(Grant grant, DateTimeOffset eventTime) =>
        ObjectionsTo(grant, eventTime).Where(objection => !objection.IsRejected);

    /// <summary>Whether a statement in the contact document may still be seen, by any of these rights and by what it was itself made on.</summary>
    /// <param name="lastInteractionAt">The day that the document slides with.</param>
    public bool IsSeen(IReadOnlyList<Grant> grants, ContentField field, StatedFor stated, DateTimeOffset lastInteractionAt, DateTimeOffset now) =>
        _policy.FieldsNeeded(stated.Purpose).Contains(field)
        && (Terms.Of(stated.Proof ?? []) is not { } term || _policy.Add(lastInteractionAt, term) > now)
        && grants.Any(grant => grant.Purpose == stated.Purpose && FieldsSeen(grant, now).Contains(field) && IsProofInForce(grant, field, stated, now));

    /// <summary>Of the proof of a right what a statement made on it rests on: of an address the consents that were given for it.</summary>
    /// <param name="addresses">Those that were stated, as far as they can be compared.</param>
    public IReadOnlyList<string> ProofOf(Grant grant, ContentField field, IReadOnlyList<IdentifierHash> addresses) =>
        !grant.RestsOnLedger ? []
        : grant.Basis != LegalBasis.Consent || !IsByMedium(grant) ? grant.EvidenceIds
        : [.. grant.EvidenceIds.Where(id => _consents.Of([id]).Any(consent => consent.Purpose != grant.Purpose || AddressFields.IsProofOf(consent, field, addresses)))];

    /// <summary>The purposes that its consents are to: where it needs several, it ends with the first of them.</summary>
    public IReadOnlySet<Purpose> PurposesOf(Grant grant) => _consents.Of(grant.EvidenceIds).Select(consent => consent.Purpose).ToHashSet();

    /// <summary>Of two ends; null: none is known.</summary>
    public static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;

    private FieldSet FindFields(Grant grant)
    {
        var needed = _policy.FieldsNeeded(grant.Purpose);
        var covered = needed.Members()
            .Where(field => _policy.FindRule(grant.Purpose, _policy.CategoryOf(field), grant.Basis, grant.Ground)?.Id == grant.RuleId)
            .Aggregate(default(FieldSet), (fields, field) => fields.With(field));
        return covered.IsEmpty ? needed : covered;
    }

    /// <summary>The shortest of its rules counts; by a policy that has none, nothing was kept.</summary>
    private DateTimeOffset Due(Policy policy, Grant grant, DataCategory category, RetentionAnchors anchors) =>
        RulesOf(policy, grant, category).Select(rule => Due(policy, grant, rule, anchors)).DefaultIfEmpty(DateTimeOffset.MinValue).Min();

    /// <returns>
    /// The rule it was kept under. Where a policy has none of that name, those that it has in its place: of contact details in their own document one, of a record one for
    /// each category that it may hold.
    /// </returns>
    private IEnumerable<RetentionRule> RulesOf(Policy policy, Grant grant, DataCategory category) => policy.FindRule(grant.RuleId) is { } rule
        ? [rule]
        : policy.FindRules(grant.Purpose, category == DataCategory.Contact ? default : FieldsOf(grant), category, grant.Basis, grant.Ground);

    private DateTimeOffset Due(Policy policy, Grant grant, RetentionRule rule, RetentionAnchors anchors)
    {
        var due = RetentionArithmetic.Due(rule, anchors, policy.Zone, grant.RestsOnLedger ? Terms.Of(grant.EvidenceIds) : null);
        return EndByLaw(grant, rule, anchors) is { } end && end < due ? end : due;
    }

    /// <summary>
    /// Since when the right is there that a longer rule does not lengthen (E20): of what happened since then; of contact details since the last consent of those that carry
    /// them, and on another basis since it was given, or since what it keeps of an earlier one was.
    /// </summary>
    private DateTimeOffset GivenAt(Grant grant, RetentionAnchors anchors) =>
        anchors.GivenAt is not { } document ? anchors.EventTime
        : _consents.Of(grant).Where(span => span.Until > AsOf).Select(span => (DateTimeOffset?)span.From).Max() ?? grant.KeepsSince ?? grant.GivenAt ?? document;

    private RetentionAnchors Complete(Grant grant, RetentionAnchors known) => OfContracts(grant, known) with
    {
        ConsentEnd = grant.Basis == LegalBasis.Consent ? _consents.EndOf(grant, known) : null,
        LastInteraction = _consents.SlidTo(grant, known),
        Objection = ObjectionsAgainst(grant, known.EventTime).Select(objection => (DateTimeOffset?)objection.From).Min(),
        ObjectionUpheld = ObjectionsAgainst(grant, known.EventTime).Where(objection => objection.IsUpheld).Select(objection => (DateTimeOffset?)objection.From).Min(),
    };

    private RetentionAnchors OfContracts(Grant grant, RetentionAnchors known)
    {
        var ofFacts = FactAnchors.Complete(known, grant.Purpose, grant.EvidenceIds, _facts, _contracts);
        return known.GivenAt is { } document
            ? ofFacts with { ContractEnd = ContactAnchors.ContractEnd(grant, grant.GivenAt ?? document, _facts, _contracts) }
            : ofFacts;
    }

    /// <summary>What ends it whatever the rule says; null: nothing does.</summary>
    private DateTimeOffset? EndByLaw(Grant grant, RetentionRule rule, RetentionAnchors anchors)
    {
        var consent = rule.OutlivesConsent ? null : anchors.ConsentEnd;
        // An objection to marketing is absolute; any other ends an interest once it is upheld (Art. 21(1), (3)).
        var marketing = ObjectionsAgainst(grant, anchors.EventTime)
            .Where(objection => objection.IsAbsolute)
            .Select(objection => (DateTimeOffset?)objection.From)
            .Min();
        return Earlier(Earlier(Earlier(consent, marketing), Refused(grant, anchors.EventTime, anchors.DecidedAt)), Earlier(anchors.ObjectionUpheld, grant.Ground == EPrivacyGround.SoftOptIn1304 ? EndOfSoftOptIn(grant.EvidenceIds) : null));
    }

    /// <summary>What came after a no that became known later, or was covered by a consent that was withdrawn, and was kept on another basis meanwhile .</summary>
    private DateTimeOffset? Refused(Grant grant, DateTimeOffset eventTime, DateTimeOffset? decidedAt) => BasisSwap.MayForbid(_policy, grant.Purpose, grant.Basis, grant.Ground)
        ? Earlier(
            BasisSwap.FindRefusal(_history, _policy, grant.Purpose, medium => IsFor(grant, medium), eventTime)?.From,
            decidedAt is { } decided ? BasisSwap.FindWithdrawal(_history, grant.Purpose, medium => IsFor(grant, medium), eventTime, decided) : null)
        : null;

    private DateTimeOffset? EndOfSoftOptIn(IReadOnlyList<string> proof)
    {
        var standing = _history.SoftOptIns.Where(softOptIn => proof.Contains(softOptIn.Id.ToString())).Select(softOptIn => (DateTimeOffset?)softOptIn.Until).Max();
        return Earlier(
            standing ?? DateTimeOffset.MinValue,
            _facts.LastPurchaseAt is { } purchase ? _policy.Add(purchase, _policy.SoftOptInWindow) : null);
    }

    /// <summary>Several of its consents carry it while any does, by a medium that uses it; a soft opt-in that is one of them likewise.</summary>
    private bool IsProofInForce(Grant grant, ContentField field, StatedFor stated, DateTimeOffset now) => stated.Proof switch
    {
        null => true,
        [] => !grant.RestsOnLedger,
        var proof => _consents.EndOf(_consents.Of(proof), grant.IsChildDirected, span => !IsPaused(span, now) && (span.Purpose != grant.Purpose || !IsByMedium(grant) || AddressFields.Uses(span.ContactChannel, field))) is not { } end
            || end > now
            || EndOfSoftOptIn(proof) > now,
    };

    private bool IsPaused(ConsentSpan span, DateTimeOffset now) => !KeepsWhatRests && Ages.IsPaused(_policy, _age, span, now);

    private FieldSet AddressesSeen(Grant grant, DateTimeOffset now) => grant.Basis switch
    {
        LegalBasis.Consent or LegalBasis.LegitimateInterest when !IsByMedium(grant) => FieldSet.All,
        LegalBasis.Consent => AddressFields.Of(_consents.Of(grant).Where(span => span.Purpose == grant.Purpose && span.Until > now && !IsPaused(span, now))),
        LegalBasis.LegitimateInterest => AddressFields.Of(RowsOf(grant).SelectMany(row => row.ContactChannels)),
        _ => FieldSet.All,
    };

    private bool IsExplicit(ConsentSpan span, DateTimeOffset now) => span.IsExplicit && span.End != SpanEnd.Invalidated && span.Until > now && !IsPaused(span, now);

    /// <summary>What is kept is kept for its own medium, or for every one that its basis carries; an objection to one ends it where that is the only one.</summary>
    private bool IsFor(Grant grant, ContactChannel medium) => grant.ContactChannel != ContactChannel.Unspecified
        ? grant.ContactChannel == medium
        : RowsOf(grant).SelectMany(row => row.ContactChannels).ToHashSet().SetEquals([medium]);

    /// <summary>Only marketing is decided medium by medium.</summary>
    private bool IsByMedium(Grant grant) => RowsOf(grant).Any(row => row.ContactChannels.Count > 0);

    private IEnumerable<MatrixRow> RowsOf(Grant grant) =>
        _policy.Purposes.TryGetValue(grant.Purpose, out var rule) ? rule.Rows.Where(row => row.Admits(grant.Basis, grant.Ground)) : [];
}
