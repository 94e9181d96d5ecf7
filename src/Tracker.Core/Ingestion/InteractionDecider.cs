using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Ingestion;

/// <summary>
/// Steps 4 and 5 without the writing: asks the gate for each purpose, computes when each right ends, and sorts the
/// fields into retention classes. Pure: the same question has the same answer, on every node and at every retry.
/// </summary>
public static class InteractionDecider
{
    private static readonly FieldSet ProfileFields = ContentFields.Find("contact.*")!.Value | ContentFields.Find("preferences.*")!.Value;

    // Art. 122 lets through what the technical session needs, which is never who the visitor is.
    private static readonly FieldSet TechnicalFields = ContentFields.Find("online.*")!.Value;

    /// <param name="profile">Null: an interaction without a person.</param>
    /// <param name="facts">The stored facts and those this interaction establishes.</param>
    public static InteractionDecision Decide(Interaction interaction, Policy policy, ProfileDraft? profile, Facts facts, DateTimeOffset now)
    {
        List<PurposeDenial> denials = [];
        Dictionary<RetentionClass, (List<Grant> Grants, FieldSet Fields)> records = [];
        List<Grant> contactGrants = [];
        var contactFields = default(FieldSet);
        var question = ToQuestion(interaction, profile, facts, now);
        foreach (var purpose in interaction.Purposes)
        {
            var verdict = Gate.Decide(policy, purpose, question);
            var grant = verdict.IsPermitted ? ToGrant(interaction, policy, facts, verdict, policy.FindRule(purpose, DataCategory.CommercialProfiling, verdict.Basis, verdict.Ground)) : null;
            if (grant is null || grant.Until <= now)
            {
                AddDenial(denials, interaction, profile, grant is null ? verdict : Verdict.Denied(purpose, Reason.RetentionAlreadyElapsed));
                continue;
            }

            var fields = interaction.Fields & policy.FieldsNeeded(purpose);
            fields = verdict.Ground == EPrivacyGround.Technical122 ? fields & TechnicalFields : fields;
            var slidingRule = policy.FindRule(purpose, DataCategory.Contact, verdict.Basis, verdict.Ground);
            if (profile is not null && slidingRule is { IsSliding: true } && !(fields & ProfileFields).IsEmpty)
            {
                contactGrants.Add(ToGrant(interaction, policy, facts, verdict, slidingRule)!);
                contactFields |= fields & ProfileFields;
                fields = fields.Except(ProfileFields);
            }

            var member = policy.Purposes[purpose].Class;
            var record = records.GetValueOrDefault(member, ([], default));
            record.Grants.Add(grant);
            records[member] = (record.Grants, record.Fields | fields);
        }

        var kept = records.Values.Aggregate(contactFields, (all, record) => all | record.Fields);
        return new InteractionDecision
        {
            Decision = new(DecisionId.New(now), policy.Version, policy.Sha256, profile?.ConsentEpoch ?? 0, profile is null ? Stage.Unspecified : Stages.At(facts, policy, now), now),
            Records = [.. records.OrderBy(record => record.Key).Select(record => new RecordPlan(record.Key, record.Value.Grants, record.Value.Fields))],
            Contact = contactGrants.Count == 0 ? null : new RecordPlan(RetentionClass.Contact, contactGrants, contactFields),
            Denials = denials,
            Stripped = interaction.Fields.Except(kept),
        };
    }

    private static GateQuestion ToQuestion(Interaction interaction, ProfileDraft? profile, Facts facts, DateTimeOffset now) => new()
    {
        Type = interaction.Type,
        HasPerson = profile is not null,
        Facts = facts,
        History = profile?.HistoryWith(interaction.ActDay) ?? PermissionHistory.None,
        Contract = new(interaction.OrderReference is { } order ? $"order:{order:x32}" : $"interaction:{interaction.Key}", IsOfAnother: false),
        OccurredAt = interaction.OccurredAt,
        Now = now,
    };

    /// <summary>Defaults that need a person say nothing about an interaction without one; what was asked for is answered.</summary>
    private static void AddDenial(List<PurposeDenial> denials, Interaction interaction, ProfileDraft? profile, Verdict verdict)
    {
        if (profile is not null || interaction.ArePurposesExplicit || verdict.Reason == Reason.RetentionAlreadyElapsed)
        {
            denials.Add(new PurposeDenial(verdict.Purpose, verdict.Reason));
        }
    }

    private static Grant? ToGrant(Interaction interaction, Policy policy, Facts facts, Verdict verdict, RetentionRule? rule)
    {
        if (rule is null)
        {
            return null;
        }

        var anchors = new RetentionAnchors
        {
            EventTime = interaction.OccurredAt,
            FiscalEntry = interaction.Content.Store?.BusinessDate ?? CalendarArithmetic.LocalDate(interaction.OccurredAt, policy.Zone),
            LastInteraction = interaction.OccurredAt,
            ContractEnd = interaction.Type.EndsContract ? interaction.OccurredAt : null,
            ConsentEnd = verdict.ConsentUntil,
            QuoteExpiry = policy.Add(interaction.OccurredAt, policy.QuoteValidity),
            LastPurchase = facts.LastPurchaseAt,
        };
        var until = RetentionArithmetic.Due(rule, anchors, policy.Zone);
        return new Grant(verdict.Purpose, verdict.Basis, verdict.Ground, verdict.EvidenceIds, rule.Id, until);
    }
}
