using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;

namespace Tracker.Core.Ingestion;

/// <summary>What the purposes permitted so far keep of one interaction, sorted into retention classes.</summary>
internal sealed class DecisionPlan(InteractionCase about, SpecialContent special)
{
    private static readonly FieldSet ProfileFields = ContentFields.Find("contact.*")!.Value | ContentFields.Find("preferences.*")!.Value;

    private readonly GrantTerms _terms = new(about);
    private readonly List<PurposeDenial> _denials = [];
    private readonly SortedDictionary<RetentionClass, RecordPlan> _records = [];
    private readonly List<Grant> _contactGrants = [];
    private readonly Dictionary<Purpose, FieldSet> _contactFields = [];

    /// <summary>Defaults that need a person say nothing about an interaction without one; what was asked for is answered.</summary>
    public void Deny(Purpose purpose, Reason reason)
    {
        if (about.Profile is not null || about.Interaction.ArePurposesExplicit || reason == Reason.RetentionAlreadyElapsed)
        {
            _denials.Add(new PurposeDenial(purpose, reason));
        }
    }

    public void Permit(Verdict verdict, FieldSet fields)
    {
        var sliding = about.Profile is null || (fields & ProfileFields).IsEmpty ? null : _terms.FindSliding(verdict);
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

        Add(about.Policy.Purposes[verdict.Purpose].Class, grants, kept, verdict.MaySeeSpecial);
    }

    public InteractionDecision ToDecision(Stage stage)
    {
        List<RecordPlan> records = [.. _records.Values.Select(Ordinary)];
        var inContact = _contactFields.Values.Aggregate(default(FieldSet), (all, fields) => all | fields);
        var kept = records.Aggregate(inContact, (all, record) => all | record.Fields);
        var (policy, profile) = (about.Policy, about.Profile);
        return new InteractionDecision
        {
            Decision = new(DecisionId.New(about.Now), policy.Version, policy.Sha256, profile?.ConsentEpoch ?? 0, profile is null ? Stage.Unspecified : stage, about.Now),
            Records = records,
            Contact = _contactGrants.Count == 0 ? null : new RecordPlan(RetentionClass.Contact, _contactGrants, inContact) { FieldsByPurpose = _contactFields },
            Denials = _denials,
            Stripped = about.Interaction.Fields.Except(kept),
            StrippedParts = records.Exists(record => record.HoldsSpecial) ? [] : special.Parts,
            Ordinary = special.Ordinary,
        };
    }

    /// <summary>Purposes that share a class read the same record: what one of them may not see is not in it .</summary>
    private void Add(RetentionClass member, IReadOnlyList<Grant> grants, FieldSet fields, bool maySeeSpecial) =>
        _records[member] = _records.TryGetValue(member, out var record)
            ? record with { Grants = [.. record.Grants, .. grants], Fields = record.Fields | fields, HoldsSpecial = record.HoldsSpecial && maySeeSpecial }
            : new RecordPlan(member, grants, fields) { HoldsSpecial = special.Exists && maySeeSpecial };

    private RecordPlan Ordinary(RecordPlan record) =>
        special.Exists && !record.HoldsSpecial ? record with { Fields = record.Fields & special.OrdinaryFields } : record;
}
