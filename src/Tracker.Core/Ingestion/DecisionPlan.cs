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
    private readonly List<ClassPlan> _classes = [];
    private readonly List<Grant> _contactGrants = [];
    private readonly Dictionary<Purpose, FieldSet> _contactFields = [];
    private readonly HashSet<(ContentField Field, string Path)> _withheldParts = [];
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
        // What had ended in a silence does not come to life by arriving after it (E34).
        sliding = sliding?.Until > about.Now ? sliding : null;
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
        Add(about.Policy.Purposes[verdict.Purpose].Class, verdict, grants, kept);
    }

    public InteractionDecision ToDecision(Stage stage)
    {
        var inContact = default(FieldSet);
        foreach (var fields in _contactFields.Values)
        {
            inContact |= fields;
        }

        _classes.Sort((a, b) => a.Class.CompareTo(b.Class));
        var records = new RecordPlan[_classes.Count];
        var kept = inContact;
        for (var i = 0; i < records.Length; i++)
        {
            records[i] = ToPlan(_classes[i]);
            kept |= records[i].Fields;
        }

        var (policy, profile) = (about.Policy, about.Profile);
        return new InteractionDecision
        {
            Decision = new(DecisionId.New(about.Now), policy.Version, policy.Sha256, profile?.ConsentEpoch ?? 0, profile is null ? Stage.Unspecified : stage, about.Now),
            Records = records,
            Contact = _contactGrants.Count == 0 ? null : new RecordPlan(RetentionClass.Contact, about.Interaction.Content, _contactGrants, inContact) { FieldsByPurpose = _contactFields },
            Denials = _denials,
            Stripped = about.Interaction.Fields.Except(kept) | _withheld,
            StrippedParts = _withheldParts.Count == 0 ? [] : [.. _withheldParts.Order().Select(part => part.Path)],
        };
    }

    /// <summary>Purposes that share a class read the same record: what one of them may not see is not in it .</summary>
    private void Add(RetentionClass member, Verdict verdict, IReadOnlyList<Grant> grants, FieldSet fields)
    {
        if (_classes.Find(plan => plan.Class == member) is not { } plan)
        {
            plan = new ClassPlan(member) { MaySee = verdict.MaySee };
            _classes.Add(plan);
        }

        plan.MaySee &= verdict.MaySee;
        plan.IsDuty &= verdict.Basis == LegalBasis.LegalObligation;
        plan.Fields |= fields;
        plan.Grants.AddRange(grants);
    }

    private RecordPlan ToPlan(ClassPlan plan)
    {
        var seen = special.SeenBy(plan.MaySee, plan.IsDuty);
        Withhold(plan.Fields, seen);
        return new(plan.Class, seen.Content, plan.Grants, plan.Fields & seen.Fields);
    }

    private void Withhold(FieldSet wanted, in SeenContent seen)
    {
        _withheld |= wanted.Except(seen.Fields);
        for (var i = 0; i < seen.Withheld.Count; i++)
        {
            if (wanted.Contains(seen.Withheld[i].Field))
            {
                _withheldParts.Add(seen.Withheld[i]);
            }
        }
    }

    /// <summary>What the purposes of one class keep together.</summary>
    private sealed class ClassPlan(RetentionClass member)
    {
        public RetentionClass Class => member;

        public List<Grant> Grants { get; } = [];

        /// <summary>What of GDPR Art. 9(1) each of them may see.</summary>
        public SpecialCategorySet MaySee { get; set; }

        /// <summary>All of them are duties by law.</summary>
        public bool IsDuty { get; set; } = true;

        public FieldSet Fields { get; set; }
    }
}
