using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Profiles;

/// <summary>What stands behind the grants of one person's records, from the ledger, the facts and the policy in force.</summary>
internal sealed class GrantExplainer
{
    private const string ExplicitConsent = "9(2)(a)";

    private readonly Policy _policy;
    private readonly KnownPerson? _person;
    private readonly IReadOnlyList<ConsentEntry> _ledger;
    private readonly DateTimeOffset _now;
    private readonly GateQuestion _asked;
    private readonly PermissionHistory _history;
    private readonly GrantEnds _ends;

    /// <param name="person">Null: what has no person.</param>
    public GrantExplainer(Policy policy, KnownPerson? person, DateTimeOffset now)
    {
        (_policy, _person, _ledger, _now) = (policy, person, person?.Ledger ?? [], now);
        _history = person?.History ?? PermissionHistory.None;
        _asked = GateQuestion.About(person?.Control, _history, person?.Age, now);
        _ends = new GrantEnds(policy, _asked.Facts, _history, person?.Age) { AsOf = now };
    }

    /// <summary>A record with the ends that apply now, before its review writes them. What a hold keeps has no end.</summary>
    /// <param name="fiscalEntry">The day it was booked on.</param>
    /// <param name="orderEndedAt">Null: not known.</param>
    public InteractionRecord InForce(InteractionRecord record, DateOnly fiscalEntry, DateTimeOffset? orderEndedAt)
    {
        if (record.Holds.Count > 0 || (_person is { } person && ProfileHold.On(record.Class, person.Control.Holds).Count > 0))
        {
            return record;
        }

        var anchors = RecordAnchors.Of(record, _policy, _asked.Facts, fiscalEntry, orderEndedAt);
        List<Grant> grants = [.. record.Grants.Select(grant => InForce(record, grant, anchors))];
        return record with { Grants = grants, ExpireAt = grants.Max(grant => grant.Until) };
    }

    /// <summary>A contact document with the ends that apply now; what a hold keeps has none.</summary>
    public ContactDocument InForce(ContactDocument contact)
    {
        if (contact.Holds.Count > 0 || (_person is { } person && ProfileHold.On(RetentionClass.Contact, person.Control.Holds).Count > 0))
        {
            return contact;
        }

        var anchors = RecordAnchors.Of(contact, _policy);
        List<Grant> grants = [.. contact.Grants.Select(grant => _ends.InForce(grant, DataCategory.Contact, anchors, contact.Decision))];
        return contact with { Grants = grants, ExpireAt = grants.Max(grant => grant.Until) };
    }

    /// <param name="special">What is special in the record, as far as whoever asks may learn of it.</param>
    /// <param name="texts">Of the policy that decided.</param>
    /// <param name="wasOver">The contract that it names was over before it happened.</param>
    public ExplainedGrant Explain(Holding held, Grant grant, SpecialCategorySet special, PolicyTexts texts, bool wasOver)
    {
        List<ConsentEntry> evidence = [.. _ledger.Where(entry => grant.EvidenceIds.Contains(entry.Id.ToString()))];
        return new ExplainedGrant
        {
            Grant = grant,
            Evidence = evidence,
            EndedBy = EndedBy(held, grant),
            DenialNow = WhyNotNow(held, grant, evidence, wasOver),
            Conditions = Conditions(grant, special, evidence, texts),
        };
    }

    /// <summary>What readers for the purpose of the grant are shown now.</summary>
    public SpecialCategorySet MaySee(Grant grant) => _ends.MaySee(grant, _now);

    /// <summary>What was never to be kept ended with the interaction itself.</summary>
    private Grant InForce(InteractionRecord record, Grant grant, RetentionAnchors anchors)
    {
        var found = _ends.InForce(grant, DataCategory.CommercialProfiling, anchors, record.Decision);
        return _ends.IsBarredByAge(grant, record.OccurredAt) || found.Until < record.OccurredAt ? found with { Until = record.OccurredAt } : found;
    }

    /// <summary>The gate itself says whether the right would be given again, for this basis and with this proof.</summary>
    private Reason WhyNotNow(Holding held, Grant grant, IReadOnlyList<ConsentEntry> evidence, bool wasOver)
    {
        // A record names neither: to whom it went, and that it was for an audience there, the consents that carry it say.
        var recipient = evidence.Select(entry => entry.Recipient).FirstOrDefault(name => name.Length > 0, "");
        var type = held.Record is { } record ? _policy.Types.GetValueOrDefault(record.Type) : null;
        var denial = Gate.Decide(_policy, grant.Purpose, _asked with
        {
            Type = type,
            // What the interaction itself proved counts, as it did when it was kept: a sale to nobody known is a sale.
            Facts = _asked.Facts.Merge(Stages.Establish(type?.Fact, held.Since, isIdentified: false)),
            HasPerson = !held.Profile.IsNone,
            Recipient = recipient,
            ContactChannel = recipient.Length > 0 && grant.Purpose != Purpose.ThirdPartySharing ? ContactChannel.SocialAudience : grant.ContactChannel,
            Contract = grant.Basis is LegalBasis.Contract or LegalBasis.PreContract ? ProofOf(grant, wasOver) : null,
            Basis = grant.Basis,
            IsChildDirected = grant.IsChildDirected,
            // That nobody was recognised was proved when it was kept, and so was what was stated of a message.
            IsMinimised = true,
            IsRestricted = held.IsRestricted || _asked.IsRestricted,
            OccurredAt = SinceWhen(held, grant),
        }).Reason;
        return denial == Reason.None && grant.Until <= _now ? Reason.RetentionAlreadyElapsed : denial;
    }

    /// <summary>Contact details that several gifts carry stand on those that are left, from when the first of them was given.</summary>
    private DateTimeOffset SinceWhen(Holding held, Grant grant)
    {
        var left = _history.Consents.Where(consent => consent.Until > _now).Select(consent => (consent.Id, consent.From))
            .Concat(_history.SoftOptIns.Where(softOptIn => softOptIn.Until > _now).Select(softOptIn => (softOptIn.Id, softOptIn.From)))
            .Where(gift => grant.EvidenceIds.Contains(gift.Id.ToString()))
            .Select(gift => (DateTimeOffset?)gift.From)
            .Min();
        return held.Record is null && left > held.Since ? left.Value : held.Since;
    }

    /// <param name="wasOver">What was kept between the end of a contract and its telling would not be kept on it now.</param>
    private static ContractReference ProofOf(Grant grant, bool wasOver)
    {
        var evidence = grant.EvidenceIds.FirstOrDefault("");
        wasOver &= NamedContract.Read(evidence)?.Kind == NamedContract.Continuing;
        return new(evidence, IsOfAnother: false) { IsNamed = !wasOver && !EnumNames<ContractKind>.TryParse(evidence, out _), NamesEnded = wasOver };
    }

    private List<ConsentEntry> EndedBy(Holding held, Grant grant)
    {
        var objections = _ends.ObjectionsTo(grant, held.Since).Select(objection => objection.Id).ToHashSet();
        var ends = _history.Consents.Select(consent => (consent.Id, consent.EndedBy))
            .Concat(_history.SoftOptIns.Select(softOptIn => (softOptIn.Id, softOptIn.EndedBy)))
            .Where(end => grant.EvidenceIds.Contains(end.Id.ToString()))
            .Select(end => end.EndedBy)
            .OfType<ConsentId>()
            .Concat(objections)
            .ToHashSet();
        return [.. _ledger.Where(entry => ends.Contains(entry.Id) || (entry.RefersTo is { } about && objections.Contains(about)))];
    }

    /// <summary>An explicit consent is proved by the ledger for as long as it counts; any other condition stands in the policy that decided.</summary>
    private List<SpecialCategoryRule> Conditions(Grant grant, SpecialCategorySet special, List<ConsentEntry> evidence, PolicyTexts texts)
    {
        var proof = _ends.ExplicitProof(grant, _now);
        if (!special.IsEmpty && evidence.Find(entry => entry.Purpose == grant.Purpose && proof.Contains(entry.Id.ToString())) is { } consent)
        {
            return [new(grant.Purpose, ExplicitConsent, SpecialCategorySet.OfArticle9, consent.Id.ToString())];
        }

        return [.. texts.Conditions.Where(condition => condition.Purpose == grant.Purpose && !(condition.Categories & special).IsEmpty)];
    }
}
