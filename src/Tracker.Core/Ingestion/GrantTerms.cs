using Tracker.Core.Ingestion.Claims;
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
    private readonly ClaimedTerms? _claimed = about.Interaction.Replaces is { } sale ? new(sale, about.Policy) : null;
    private readonly IReadOnlyList<Policy> _earlier = about.Policy.FindEarlierSince(about.Interaction.OccurredAt);
    private RetentionAnchors? _known;

    /// <returns>The grants that have not ended yet, and the fields they keep; none: all of it is past its rule.</returns>
    public (IReadOnlyList<Grant> Grants, FieldSet Kept) Of(Verdict verdict, FieldSet fields)
    {
        var anchors = Anchors(verdict);
        if (fields.IsEmpty)
        {
            // That it happened is kept as what it mostly is.
            var only = Find(verdict, DataCategory.CommercialProfiling, anchors);
            return (only is null ? [] : [only], fields);
        }

        List<Grant> grants = [];
        var kept = default(FieldSet);
        foreach (var category in FieldTraits.Categories)
        {
            var members = fields & about.Policy.Traits.In(category);
            if (members.IsEmpty || FindRule(verdict, category) is not { } rule)
            {
                continue;
            }

            if (Add(grants, ToGrant(verdict, rule, members, OfDerived(members, anchors))))
            {
                kept |= members;
            }
        }

        return (grants, kept);
    }

    /// <summary>Categories under one rule have one grant. What one of them must lose earlier, all of it loses then.</summary>
    /// <returns>Whether it has not ended yet.</returns>
    private bool Add(List<Grant> grants, Grant grant)
    {
        var known = grants.FindIndex(other => other.RuleId == grant.RuleId);
        if (grant.Until <= about.Now)
        {
            return false;
        }

        if (known < 0)
        {
            grants.Add(grant);
        }
        else if (grant.Until < grants[known].Until)
        {
            grants[known] = grant;
        }

        return true;
    }

    /// <returns>The grant of the contact document; null: the rule of contact details does not slide for this purpose.</returns>
    public Grant? FindSliding(Verdict verdict, GateQuestion question) =>
        FindRule(verdict, DataCategory.Contact) is { IsSliding: true } rule
            ? Bound(ToGrant(verdict, rule, Due(verdict, rule, Anchors(verdict))), verdict, default, DataCategory.Contact, Anchors(verdict)) with { GivenAt = about.Interaction.OccurredAt, EvidenceIds = Proof(verdict, question, about.Policy), ContactChannel = ContactChannel.Unspecified }
            : null;

    /// <summary>How to reach somebody is needed while any contract of theirs goes on, and not only for the order that was named first.</summary>
    private static IReadOnlyList<string> Proof(Verdict verdict, GateQuestion question, Policy policy) => verdict.Basis == LegalBasis.Contract
        ? [.. verdict.EvidenceIds.Union(ContractProof.GoingOn(policy, verdict.Purpose, question).Select(EnumNames<ContractKind>.Of))]
        : verdict.EvidenceIds;

    private Grant? Find(Verdict verdict, DataCategory category, in RetentionAnchors anchors) =>
        FindRule(verdict, category) is { } rule && ToGrant(verdict, rule, default, anchors) is var grant && grant.Until > about.Now ? grant : null;

    private RetentionRule? FindRule(Verdict verdict, DataCategory category) => about.Policy.FindRule(verdict.Purpose, category, verdict.Basis, verdict.Ground);

    private DateTimeOffset Due(Verdict verdict, RetentionRule rule, in RetentionAnchors anchors) =>
        RetentionArithmetic.Due(rule, anchors, about.Policy.Zone, verdict.RetentionTerm);

    private Grant ToGrant(Verdict verdict, RetentionRule rule, FieldSet fields, in RetentionAnchors anchors) =>
        Bound(
            ToGrant(verdict, rule, Due(verdict, rule, anchors)) is var grant && _claimed is null ? grant : _claimed.Bound(grant),
            verdict,
            fields,
            DataCategory.CommercialProfiling,
            anchors);

    /// <summary>What arrives late is kept no longer than any policy that was in force since it happened would have kept it, and not at all for what one had no rule for (E20).</summary>
    private Grant Bound(Grant grant, Verdict verdict, FieldSet fields, DataCategory otherwise, RetentionAnchors anchors)
    {
        foreach (var policy in _earlier)
        {
            var then = anchors.By(policy, about.Facts);
            var until = policy.FindRules(verdict.Purpose, fields, otherwise, verdict.Basis, verdict.Ground)
                .Select(rule => RetentionArithmetic.Due(rule, then, policy.Zone, verdict.RetentionTerm))
                .DefaultIfEmpty(DateTimeOffset.MinValue)
                .Min();
            grant = until < grant.Until ? grant with { Until = until, EndPolicy = policy.Name } : grant;
        }

        return grant;
    }

    private Grant ToGrant(Verdict verdict, RetentionRule rule, DateTimeOffset until) =>
        new(verdict.Purpose, verdict.Basis, verdict.Ground, verdict.EvidenceIds, rule.Id, until)
        {
            IsChildDirected = about.Interaction.IsChildDirected,
            ContactChannel = IsByMedium(verdict.Purpose) ? about.Interaction.ContactChannel : ContactChannel.Unspecified,
        };

    /// <summary>Marketing, and what is shared with a platform for it.</summary>
    private bool IsByMedium(Purpose purpose) =>
        about.Policy.Purposes[purpose].IsByMedium || (purpose == Purpose.ThirdPartySharing && about.Interaction.ContactChannel == ContactChannel.SocialAudience);

    /// <summary>A score is as old as its computation, not as the message that brings it (IT-PRO-2).</summary>
    private RetentionAnchors OfDerived(FieldSet fields, in RetentionAnchors anchors) =>
        !(fields & SpecialContent.Derived).IsEmpty && about.Interaction.Content.Inferences!.Min(inference => inference.ComputedAt) is { } computedAt && computedAt < anchors.EventTime
            ? anchors with { EventTime = computedAt }
            : anchors;

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
        var anchors = FactAnchors.Complete(_known.Value, verdict.Purpose, verdict.EvidenceIds, about.Facts);
        return anchors with
        {
            ConsentEnd = verdict.ConsentUntil,
            // The facts know what it ends only from the next act on.
            ContractEnd = interaction.Type.EndsContractOf(verdict.Purpose) ? interaction.OccurredAt : anchors.ContractEnd,
        };
    }
}
