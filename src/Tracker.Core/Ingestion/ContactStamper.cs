using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Ingestion;

/// <summary>
/// Keeps the one contact document of a profile: of each purpose the newest value of a field wins, and its end slides with the
/// last act of the person, by whole days (compliance 3.6, D). Whole days make the result independent of the order of arrival.
/// </summary>
public sealed class ContactStamper(DataKeys dataKeys)
{
    public void Stamp(Interaction interaction, InteractionDecision decision, ProfileDraft profile, Policy policy, WorkingSet known)
    {
        if (decision.Contact is { } plan)
        {
            var merged = Merge(interaction, decision, plan, profile, EndsOf(plan.Grants, decision, profile, policy, known), policy);
            if (merged.Holds.Count > 0 || merged.ExpireAt > decision.Decision.DecidedAt)
            {
                profile.Replace(merged);
            }
        }
        else if (profile.Contact is { } contact && profile.LastInteractionAt > contact.LastInteractionAt)
        {
            profile.Replace(Restamp(contact, [], decision, profile, EndsOf([], decision, profile, policy, known), policy));
        }
    }

    private ContactDocument Merge(Interaction interaction, InteractionDecision decision, RecordPlan plan, ProfileDraft profile, GrantEnds ends, Policy policy)
    {
        var key = profile.KeyOf(RetentionClass.Contact, dataKeys);
        var before = profile.Contact is { } stored ? stored.Open(key) : ContactContent.Empty;
        var standing = Standing(profile, decision, ends, policy);
        List<Grant> fresh = [.. plan.Grants.Select(grant => Join(grant, standing.Find(other => IsSame(grant, other, ends) && !HasKnownEnd(other, profile, ends, policy)))).Select(grant => grant with { KeepsSince = KeepsSince(grant, standing) })];
        var grants = (profile.Contact?.Grants ?? [])
            .Where(grant => !fresh.Any(newGrant => newGrant.Purpose == grant.Purpose && (IsSame(newGrant, grant, ends) || !standing.Contains(grant))))
            // The document is written anew, and what is older than it was given before this.
            .Select(grant => grant with { GivenAt = grant.GivenAt ?? profile.Contact!.Decision.DecidedAt })
            .Concat(fresh)
            .OrderBy(grant => grant.Purpose)
            .ToList();
        var document = new ContactDocument
        {
            Tenant = profile.Tenant,
            Profile = profile.Id,
            Version = (profile.StoredContact?.Version ?? 0) + 1,
            Decision = decision.Decision,
            Grants = grants,
            // Before the person's first own act the clock runs from the first that was kept; later ones of ours do not move it.
            LastInteractionAt = profile.LastInteractionAt ?? profile.Contact?.LastInteractionAt ?? interaction.OccurredAt.UtcDateTime.Date,
            ExpireAt = null,
            Payload = default,
        };
        var restamped = Restamp(document, fresh, decision, profile, ends, policy);
        // What a purpose, or a consent, that has ended had kept is not brought back by a new right to the same purpose.
        var keeping = ends.KeepingWhatRests();
        bool MayKeep(ContentField field, StatedFor stated) => keeping.IsSeen(standing, field, stated, profile.Contact!.LastInteractionAt, decision.Decision.DecidedAt);
        IReadOnlyList<StatedFor> ForWhat(ContentField field) => [.. plan.Grants
            .Where(grant => plan.FieldsByPurpose[grant.Purpose].Contains(field))
            .Select(grant => new StatedFor(grant.Purpose, ends.ProofOf(grant, field, interaction.StatedAddresses ?? [])))];
        var left = restamped.Holds.Count > 0 ? before.ReadOnlyFor(MayKeep) : before.KeptOnlyFor(MayKeep);
        var content = left.State(interaction.Content.Keep(plan.Fields), interaction.OccurredAt, interaction.Source, ForWhat, restamped.Holds.Count > 0);
        if (ends.Terms.FirstOf(restamped.Grants, restamped.LastInteractionAt) is { } first)
        {
            profile.ReviewAt([first]);
        }

        return restamped with
        {
            Payload = PayloadSeal.Seal(key, SealContext.Contact(profile.Tenant, profile.Id), SealedJson.Write(content)),
        };
    }

    /// <summary>Of the document as it is, before the act that changes it.</summary>
    private static List<Grant> Standing(ProfileDraft profile, InteractionDecision decision, GrantEnds ends, Policy policy)
    {
        if (profile.Contact is not { } contact)
        {
            return [];
        }

        var anchors = RecordAnchors.Of(contact, policy);
        var now = decision.Decision.DecidedAt;
        return [.. contact.Grants.Where(grant => ends.EndOf(grant, DataCategory.Contact, anchors) > now && ends.IsConsentInForce(grant, now))];
    }

    private static GrantEnds EndsOf(IEnumerable<Grant> fresh, InteractionDecision decision, ProfileDraft profile, Policy policy, WorkingSet known) =>
        new(policy, profile.Facts, profile.History, profile.Age, known.EndsOf([.. profile.Contact?.Grants ?? [], .. fresh], profile, policy)) { AsOf = decision.Decision.DecidedAt };

    private static bool HasKnownEnd(Grant grant, ProfileDraft profile, GrantEnds ends, Policy policy) =>
        ends.HasKnownEnd(grant, RecordAnchors.Of(profile.Contact!, policy));

    /// <summary>
    /// The same right on a further proof: it goes on while any of them stands, and what ends one of them is measured by the first. A
    /// right whose end is known lends nothing to a new one.
    /// </summary>
    private static Grant Join(Grant grant, Grant? known) => known is null ? grant : grant with
    {
        EvidenceIds = [.. known.EvidenceIds.Union(grant.EvidenceIds)],
        IsChildDirected = known.IsChildDirected && grant.IsChildDirected,
        GivenAt = known.GivenAt < grant.GivenAt ? known.GivenAt : grant.GivenAt,
    };

    /// <summary>What was stated before for the purpose is kept by its new right as well.</summary>
    private static DateTimeOffset? KeepsSince(Grant grant, List<Grant> standing)
    {
        var first = standing.Where(other => other.Purpose == grant.Purpose && !other.RestsOnLedger).Select(other => other.KeepsSince ?? other.GivenAt ?? DateTimeOffset.MinValue).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        return !grant.RestsOnLedger && first < grant.GivenAt ? first : null;
    }

    /// <summary>A right that needs consents to several purposes, as an audience does, is another one: it ends with the first of them.</summary>
    private static bool IsSame(Grant one, Grant other, GrantEnds ends) =>
        (one.Purpose, one.Basis, one.Ground, one.RuleId) == (other.Purpose, other.Basis, other.Ground, other.RuleId)
        && (one.Basis != LegalBasis.Consent || ends.PurposesOf(one).SetEquals(ends.PurposesOf(other)));

    /// <summary>
    /// New ends for the grants from the last interaction. Only a standing basis slides: not a consent that has ended, nor
    /// what the stage no longer admits. What must end earlier is ended by the review.
    /// </summary>
    /// <param name="fresh">Decided just now, as if from this interaction on; their clock is the document's.</param>
    private static ContactDocument Restamp(ContactDocument contact, IReadOnlyList<Grant> fresh, InteractionDecision decision, ProfileDraft profile, GrantEnds ends, Policy policy)
    {
        var slid = contact with { LastInteractionAt = ExpiryDay(contact, profile) };
        var anchors = RecordAnchors.Of(slid, policy);
        var before = profile.Contact is { } stored ? OtherThan(slid.Decision, stored.Decision.PolicySha256) : "";
        List<Grant> grants = [.. contact.Grants.Select(grant =>
            (fresh.Contains(grant) || IsStanding(grant, ends, decision.Decision, policy)) && ends.Due(grant, DataCategory.Contact, anchors) is var (due, by) && (due > grant.Until || fresh.Contains(grant))
                ? grant with { Until = due, EndPolicy = by.NameBeside(slid.Decision) }
                : grant with { EndPolicy = grant.EndPolicy.Length == 0 ? before : grant.EndPolicy })];
        var holds = profile.HoldsOn(RetentionClass.Contact);
        return slid with
        {
            Version = (profile.StoredContact?.Version ?? 0) + 1,
            Grants = grants,
            Holds = holds,
            ExpireAt = holds.Count > 0 ? null : grants.Max(grant => grant.Until),
        };
    }

    /// <summary>As rights name a policy that is another than that of their document; empty: it is the same.</summary>
    private static string OtherThan(RecordDecision document, ReadOnlyMemory<byte> policy) =>
        document.PolicySha256.Span.SequenceEqual(policy.Span) ? "" : Convert.ToHexStringLower(policy.Span);

    private static bool IsStanding(Grant grant, GrantEnds ends, RecordDecision decision, Policy policy) =>
        policy.Purposes.TryGetValue(grant.Purpose, out var rule)
        && rule.Admits(decision.Stage, grant.Basis)
        && grant.Until > decision.DecidedAt
        && !ends.IsBarredByAge(grant, decision.DecidedAt)
        && ends.IsConsentInForce(grant, decision.DecidedAt)
        && !ends.IsPaused(grant, decision.DecidedAt);

    private static DateTimeOffset ExpiryDay(ContactDocument contact, ProfileDraft profile) =>
        profile.LastInteractionAt > contact.LastInteractionAt ? profile.LastInteractionAt.Value : contact.LastInteractionAt;
}
