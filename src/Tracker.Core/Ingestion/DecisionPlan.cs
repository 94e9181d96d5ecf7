using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Policies.Proofs;

namespace Tracker.Core.Ingestion;

/// <summary>What the purposes permitted so far keep of one interaction, sorted into retention classes.</summary>
internal sealed class DecisionPlan(InteractionCase about, GateQuestion question, SpecialContent special)
{
    private static readonly FieldSet ProfileFields = ContentFields.Find("contact.*")!.Value | ContentFields.Find("preferences.*")!.Value;

    private readonly GrantTerms _terms = new(about);
    private readonly List<PurposeDenial> _denials = [];
    private readonly SortedDictionary<RetentionClass, (SpecialCategorySet MaySee, IReadOnlyList<Grant> Grants, FieldSet Fields)> _records = [];
    private readonly List<Grant> _contactGrants = [];
    private readonly Dictionary<Purpose, FieldSet> _contactFields = [];
    private readonly SortedSet<(ContentField Field, string Path)> _withheldParts = [];
    private FieldSet _withheld;

    /// <summary>Defaults that need a person say nothing about an interaction without one; what was asked for is answered.</summary>
    public void Deny(Purpose purpose, Reason reason)
    {
        if (about.Profile is not null || about.Interaction.ArePurposesExplicit || reason == Reason.RetentionAlreadyElapsed)
        {
            _denials.Add(new PurposeDenial(purpose, reason));
        }
    }

    /// <param name="needed">What the purpose needs, whether its proof admits it or not.</param>
    public void Permit(Verdict verdict, FieldSet needed)
    {
        // Told also where another purpose keeps it: the sender would take the address for one of this purpose.
        _withheld |= needed.Except(verdict.Fields) & AddressFields.All;
        var wanted = needed & verdict.Fields;
        var seen = special.SeenBy(verdict.MaySee, verdict.Basis == LegalBasis.LegalObligation);
        var fields = wanted & seen.Fields;
        var sliding = about.Profile is null || (fields & ProfileFields).IsEmpty ? null : _terms.FindSliding(verdict, question);
        var forContact = sliding is null ? default : fields & ProfileFields;
        var (grants, kept) = _terms.Of(verdict, fields.Except(forContact));
        if (grants.Count == 0)
        {
            Deny(verdict.Purpose, Reason.RetentionAlreadyElapsed);
            return;
        }

        if (sliding is not null)
        {
            _contactGrants.Add(sliding);
            _contactFields[verdict.Purpose] = forContact;
        }

        Withhold(wanted, seen);
        Add(about.Policy.Purposes[verdict.Purpose].Class, verdict.MaySee, grants, kept);
    }

    public InteractionDecision ToDecision(Stage stage)
    {
        List<RecordPlan> records = [.. _records.Select(record => ToPlan(record.Key, record.Value.MaySee, record.Value.Grants, record.Value.Fields))];
        var inContact = _contactFields.Values.Aggregate(default(FieldSet), (all, fields) => all | fields);
        var kept = records.Aggregate(inContact, (all, record) => all | record.Fields);
        var (policy, profile) = (about.Policy, about.Profile);
        return new InteractionDecision
        {
            Decision = new(DecisionId.New(about.Now), policy.Version, policy.Sha256, profile?.ConsentEpoch ?? 0, profile is null ? Stage.Unspecified : stage, about.Now),
            Records = records,
            Contact = _contactGrants.Count == 0 ? null : new RecordPlan(RetentionClass.Contact, about.Interaction.Content, _contactGrants, inContact) { FieldsByPurpose = _contactFields },
            Denials = _denials,
            Stripped = about.Interaction.Fields.Except(kept) | _withheld,
            StrippedParts = [.. _withheldParts.Select(part => part.Path)],
        };
    }

    /// <summary>Purposes that share a class read the same record: what one of them may not see is not in it .</summary>
    private void Add(RetentionClass member, SpecialCategorySet maySee, IReadOnlyList<Grant> grants, FieldSet fields) =>
        _records[member] = _records.TryGetValue(member, out var record)
            ? (record.MaySee & maySee, [.. record.Grants, .. grants], record.Fields | fields)
            : (maySee, grants, fields);

    private RecordPlan ToPlan(RetentionClass member, SpecialCategorySet maySee, IReadOnlyList<Grant> grants, FieldSet fields)
    {
        var seen = special.SeenBy(maySee, grants.All(grant => grant.Basis == LegalBasis.LegalObligation));
        Withhold(fields, seen);
        return new(member, seen.Content, grants, fields & seen.Fields);
    }

    private void Withhold(FieldSet wanted, SeenContent seen)
    {
        _withheld |= wanted.Except(seen.Fields);
        _withheldParts.UnionWith(seen.Withheld.Where(part => wanted.Contains(part.Field)));
    }
}
