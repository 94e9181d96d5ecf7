using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Ingestion;

/// <summary>
/// Keeps the one contact document of a profile: newest value per field wins, and its end slides with the last act of the
/// person, by whole days (compliance 3.6, D). Whole days make the result independent of the order of arrival.
/// </summary>
public sealed class ContactStamper(DataKeys dataKeys)
{
    public void Stamp(Interaction interaction, InteractionDecision decision, ProfileDraft profile, Policy policy)
    {
        if (decision.Contact is { } plan)
        {
            profile.Replace(Merge(interaction, decision, plan, profile, policy));
        }
        else if (profile.Contact is { } contact && profile.LastInteractionAt > contact.LastInteractionAt)
        {
            profile.Replace(Restamp(contact, contact.Grants, decision.Decision.Stage, profile, policy));
        }
    }

    private ContactDocument Merge(Interaction interaction, InteractionDecision decision, RecordPlan plan, ProfileDraft profile, Policy policy)
    {
        var key = profile.KeyOf(RetentionClass.Contact, dataKeys);
        var before = profile.Contact is { } stored ? stored.Open(key) : ContactContent.Empty;
        var grants = (profile.Contact?.Grants ?? [])
            .Where(grant => !plan.Grants.Any(newGrant => newGrant.Purpose == grant.Purpose))
            .Concat(plan.Grants)
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
            ExpireAt = grants.Max(grant => grant.Until),
            Payload = default,
        };
        var restamped = Restamp(document, grants, decision.Decision.Stage, profile, policy);
        List<Purpose> inForce = [.. restamped.Grants.Where(grant => grant.Until > decision.Decision.DecidedAt).Select(grant => grant.Purpose)];
        var content = Merge(interaction, plan, before with { Content = before.Content.Keep(before.FieldsOf(inForce)) }, policy);
        return restamped with
        {
            Payload = PayloadSeal.Seal(key, SealContext.Contact(profile.Tenant, profile.Id), SealedJson.Write(content)),
        };
    }

    private static ContactContent Merge(Interaction interaction, RecordPlan plan, ContactContent before, Policy policy)
    {
        var kept = before.Content.Fields();
        var keptPaths = kept.Members().Select(field => field.Path()).ToHashSet();
        var seen = before.SeenAt.Where(field => keptPaths.Contains(field.Key)).ToDictionary();
        var keptFor = before.KeptFor.Where(field => keptPaths.Contains(field.Key)).ToDictionary();
        var newer = default(FieldSet);
        foreach (var field in plan.Fields.Members())
        {
            var path = field.Path();
            if (seen.TryGetValue(path, out var seenAt) && seenAt > interaction.OccurredAt)
            {
                continue;
            }

            newer = newer.With(field);
            seen[path] = interaction.OccurredAt;
            var needing = plan.Grants.Select(grant => grant.Purpose).Where(purpose => policy.FieldsNeeded(purpose).Contains(field));
            keptFor[path] = [.. keptFor.GetValueOrDefault(path, []).Union(needing).Order()];
        }

        return new(Overlay(before.Content.Keep(kept.Except(newer)), interaction.Content.Keep(newer)), seen, keptFor);
    }

    /// <summary>New ends for the grants from the last interaction; one whose consent has ended, or whose basis the stage no longer admits, is not extended.</summary>
    private static ContactDocument Restamp(ContactDocument contact, IReadOnlyList<Grant> grants, Stage stage, ProfileDraft profile, Policy policy)
    {
        List<Grant> restamped = [.. grants.Select(grant => grant with { Until = IsAdmitted(grant, stage, policy) ? Until(contact, grant, profile, policy) : grant.Until })];
        return contact with
        {
            Version = (profile.StoredContact?.Version ?? 0) + 1,
            Grants = restamped,
            LastInteractionAt = ExpiryDay(contact, profile),
            ExpireAt = restamped.Max(grant => grant.Until),
        };
    }

    private static bool IsAdmitted(Grant grant, Stage stage, Policy policy) =>
        policy.Purposes.TryGetValue(grant.Purpose, out var rule) && rule.Admits(stage, grant.Basis);

    private static DateTimeOffset Until(ContactDocument contact, Grant grant, ProfileDraft profile, Policy policy)
    {
        var rule = policy.Rules.FirstOrDefault(rule => rule.Id == grant.RuleId);
        // One consent has a span for each medium, and stands while any of them does.
        var consent = profile.History.Consents.Where(span => grant.EvidenceIds.Contains(span.Id.ToString())).MaxBy(span => span.Until);
        if (rule is null || (grant.Basis == LegalBasis.Consent && consent is null))
        {
            return grant.Until;
        }

        var anchors = new RetentionAnchors
        {
            EventTime = contact.Decision.DecidedAt,
            FiscalEntry = default,
            LastInteraction = ExpiryDay(contact, profile),
            ConsentEnd = consent?.Until,
            LastPurchase = profile.Facts.LastPurchaseAt,
        };
        return RetentionArithmetic.Due(rule, anchors, policy.Zone);
    }

    private static DateTimeOffset ExpiryDay(ContactDocument contact, ProfileDraft profile) =>
        profile.LastInteractionAt > contact.LastInteractionAt ? profile.LastInteractionAt.Value : contact.LastInteractionAt;

    /// <summary>Only contact and preferences, and no field in both.</summary>
    private static InteractionContent Overlay(InteractionContent below, InteractionContent above) => new()
    {
        Contact = Overlay(below.Contact, above.Contact),
        Preferences = Overlay(below.Preferences, above.Preferences),
    };

    private static ContactDetails? Overlay(ContactDetails? below, ContactDetails? above) => above is null || below is null ? above ?? below : new()
    {
        GivenName = above.GivenName ?? below.GivenName,
        FamilyName = above.FamilyName ?? below.FamilyName,
        Email = above.Email ?? below.Email,
        Phone = above.Phone ?? below.Phone,
        BirthDate = above.BirthDate ?? below.BirthDate,
        PostalAddress = above.PostalAddress ?? below.PostalAddress,
        Language = above.Language ?? below.Language,
        DeliveryNote = above.DeliveryNote ?? below.DeliveryNote,
    };

    private static Preferences? Overlay(Preferences? below, Preferences? above) => above is null || below is null ? above ?? below : new()
    {
        Sizes = above.Sizes ?? below.Sizes,
        Styles = above.Styles ?? below.Styles,
        Interests = above.Interests ?? below.Interests,
        Sex = above.Sex ?? below.Sex,
        Education = above.Education ?? below.Education,
    };
}
