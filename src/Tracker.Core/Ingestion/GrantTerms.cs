using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Policies.Proofs;

namespace Tracker.Core.Ingestion;

/// <summary>
/// When each right to keep something of one interaction ends. A purpose has one grant for each retention rule of the
/// categories it keeps: a field ends with the grant whose rule is that of its category, so no field outlives its own rule
/// because another lives longer, and the end of the record is the latest of them (compliance 3.4).
/// </summary>
internal sealed class GrantTerms(InteractionCase about)
{
    private RetentionAnchors? _known;

    /// <returns>The grants that have not ended yet, and the fields they keep; none: all of it is past its rule.</returns>
    public (IReadOnlyList<Grant> Grants, FieldSet Kept) Of(Verdict verdict, FieldSet fields)
    {
        if (fields.IsEmpty)
        {
            // That it happened is kept as what it mostly is.
            var only = Find(verdict, DataCategory.CommercialProfiling, fields);
            return (only is null ? [] : [only], fields);
        }

        List<Grant> grants = [];
        var kept = default(FieldSet);
        foreach (var category in FieldTraits.Categories)
        {
            var members = fields & about.Policy.Traits.In(category);
            if (members.IsEmpty || Find(verdict, category, members) is not { } grant)
            {
                continue;
            }

            kept |= members;
            Add(grants, grant);
        }

        return (grants, kept);
    }

    /// <summary>Categories under one rule have one grant. What one of them must lose earlier, all of it loses then.</summary>
    private static void Add(List<Grant> grants, Grant grant)
    {
        var known = grants.FindIndex(other => other.RuleId == grant.RuleId);
        if (known < 0)
        {
            grants.Add(grant);
        }
        else if (grant.Until < grants[known].Until)
        {
            grants[known] = grant;
        }
    }

    /// <returns>The grant of the contact document; null: the rule of contact details does not slide for this purpose.</returns>
    public Grant? FindSliding(Verdict verdict, GateQuestion question) =>
        about.Policy.FindRule(verdict.Purpose, DataCategory.Contact, verdict.Basis, verdict.Ground) is { IsSliding: true } rule
            ? ToGrant(verdict, rule, default) with { GivenAt = about.Interaction.OccurredAt, EvidenceIds = Proof(verdict, question, about.Policy) }
            : null;

    /// <summary>How to reach somebody is needed while any contract of theirs goes on, and not only for the order that was named first.</summary>
    private static IReadOnlyList<string> Proof(Verdict verdict, GateQuestion question, Policy policy) => verdict.Basis == LegalBasis.Contract
        ? [.. verdict.EvidenceIds.Union(ContractProof.GoingOn(policy, verdict.Purpose, question).Select(EnumNames<ContractKind>.Of))]
        : verdict.EvidenceIds;

    private Grant? Find(Verdict verdict, DataCategory category, FieldSet fields) =>
        about.Policy.FindRule(verdict.Purpose, category, verdict.Basis, verdict.Ground) is { } rule && ToGrant(verdict, rule, fields) is var grant && grant.Until > about.Now
            ? grant
            : null;

    private Grant ToGrant(Verdict verdict, RetentionRule rule, FieldSet fields)
    {
        var anchors = Anchors(verdict);
        // A score is as old as its computation, not as the message that brings it (IT-PRO-2).
        var computedAt = (fields & SpecialContent.Derived).IsEmpty ? null : about.Interaction.Content.Inferences!.Min(inference => inference.ComputedAt);
        anchors = computedAt < anchors.EventTime ? anchors with { EventTime = computedAt.Value } : anchors;
        return new Grant(verdict.Purpose, verdict.Basis, verdict.Ground, verdict.EvidenceIds, rule.Id, RetentionArithmetic.Due(rule, anchors, about.Policy.Zone, verdict.RetentionTerm))
        {
            IsChildDirected = about.Interaction.IsChildDirected,
        };
    }

    /// <summary>Every end that is known already counts at once; what becomes known later is for the review.</summary>
    private RetentionAnchors Anchors(Verdict verdict)
    {
        var (interaction, policy) = (about.Interaction, about.Policy);
        _known ??= RecordAnchors.Of(
            interaction.Type,
            interaction.OccurredAt,
            policy,
            about.Facts,
            RecordAnchors.FiscalEntry(interaction.Content, interaction.OccurredAt, policy),
            about.ContractEndedAt ?? RecordAnchors.EndOfUnnamed(
                interaction.Type,
                interaction.OccurredAt,
                interaction.Contracts.Any(named => named.Kind == NamedContract.Continuing),
                about.Facts));
        var anchors = FactAnchors.Complete(_known, verdict.Purpose, verdict.EvidenceIds, about.Facts);
        return anchors with
        {
            ConsentEnd = verdict.ConsentUntil,
            // The facts know what it ends only from the next act on.
            ContractEnd = interaction.Type.EndsContractOf(verdict.Purpose) ? interaction.OccurredAt : anchors.ContractEnd,
        };
    }
}
