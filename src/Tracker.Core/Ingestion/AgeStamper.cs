using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Policies.Proofs;
using Tracker.Core.Security;

namespace Tracker.Core.Ingestion;

/// <summary>Keeps what a person states of age and residence, where the interaction may keep it; the latest statement counts.</summary>
public sealed class AgeStamper(DataKeys dataKeys)
{
    private static readonly FieldSet BirthDate = default(FieldSet).With(ContentField.ContactBirthDate);
    private static readonly FieldSet Residence = default(FieldSet).With(ContentField.ContactPostalAddress);

    public void Stamp(InteractionCase about, InteractionDecision decision, ProfileDraft profile)
    {
        if (Stated(about.Interaction, decision, profile.OwnAge) is not { } stated)
        {
            return;
        }

        // E14: what a child gave, or what was kept of a minor, shows only now.
        if (Tightens(about.Policy, profile, stated, about.Now))
        {
            profile.ReviewAt([about.Now]);
        }

        profile.State(stated, AgeSeal.Seal(profile.Tenant, profile.Id, profile.KeyOf(RetentionClass.Evidence, dataKeys), stated));
    }

    private static SubjectAge? Stated(Interaction interaction, InteractionDecision decision, SubjectAge? known)
    {
        var kept = decision.Records.Aggregate(decision.Contact?.Fields ?? default, (all, record) => all | record.Fields);
        if (interaction.Content.Contact is not { } contact || known?.StatedAt > interaction.OccurredAt)
        {
            return null;
        }

        var isStated = !(kept & BirthDate).IsEmpty;
        var birthDate = isStated ? contact.BirthDate : known?.BirthDate;
        var country = (kept & Residence).IsEmpty ? null : contact.PostalAddress?.Region?.ToUpperInvariant();
        // Stated again is stated later: a message from in between must not overwrite it.
        return birthDate is { } day
            && new SubjectAge(day, country ?? known?.Country ?? "") { StatedAt = interaction.OccurredAt } is var stated
            && (isStated ? stated != known : !stated.IsSame(known))
            ? stated
            : null;
    }

    private static bool Tightens(Policy policy, ProfileDraft profile, SubjectAge stated, DateTimeOffset now) =>
        (Ages.IsMinor(policy, stated, now) && !(profile.Age is { } age && Ages.IsMinor(policy, age, now)))
        || profile.History.Consents.Any(consent => consent.Until > now && Ages.IsVoid(policy, stated, isChildDirected: false, consent) && !Ages.IsVoid(policy, profile.Age, isChildDirected: false, consent));
}
