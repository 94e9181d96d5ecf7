using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Policies.Proofs;
using Tracker.Core.Security;

namespace Tracker.Core.Ingestion;

/// <summary>Keeps what a person states of age and residence, where the interaction may keep it; of each the latest statement counts.</summary>
public sealed class AgeStamper(DataKeys dataKeys)
{
    private static readonly FieldSet BirthDate = default(FieldSet).With(ContentField.ContactBirthDate);
    private static readonly FieldSet Residence = default(FieldSet).With(ContentField.ContactPostalAddress);

    public void Stamp(InteractionCase about, InteractionDecision decision, ProfileDraft profile)
    {
        if (Stated(about.Interaction, decision, profile.OwnAge, about.Policy.Children) is not { } stated)
        {
            return;
        }

        stated = profile.OwnAge is null ? WithHeldAddress(stated, profile, about.Policy.Children) : stated;
        // E13, E14: what a child gave, or what was kept of a minor or while a consent rested, shows only now.
        if (MayTighten(about.Policy, profile, stated, about.Now))
        {
            profile.ReviewAt([about.Now]);
        }

        profile.State(stated, AgeSeal.Seal(profile.Tenant, profile.Id, profile.KeyOf(RetentionClass.Evidence, dataKeys), stated));
    }

    /// <returns>What is known from now on; null: nothing that was not.</returns>
    private static SubjectAge? Stated(Interaction interaction, InteractionDecision decision, SubjectAge? known, ChildRules rules)
    {
        if (interaction.Content.Contact is not { } contact)
        {
            return null;
        }

        var kept = decision.Records.Aggregate(decision.Contact?.Fields ?? default, (all, record) => all | record.Fields);
        var birthDate = (kept & BirthDate).IsEmpty ? null : contact.BirthDate;
        var country = (kept & Residence).IsEmpty ? null : interaction.StatedResidence;
        var stated = rules.Stating(known, birthDate, country, interaction.OccurredAt);
        return ReferenceEquals(stated, known) ? null : stated;
    }

    /// <summary>Where somebody lives may be told before how old they are: it stands in the contact details then.</summary>
    private SubjectAge WithHeldAddress(SubjectAge first, ProfileDraft profile, ChildRules rules) =>
        profile.Contact?.Open(profile.KeyOf(RetentionClass.Contact, dataKeys)) is { Content.Contact.PostalAddress.Region: { } country } held
            ? rules.Stating(first, birthDate: null, country.ToUpperInvariant(), held.SeenAt.GetValueOrDefault(ContentField.ContactPostalAddress.Path(), first.StatedAt))!
            : first;

    /// <summary>Whoever is of age, and has said so for the first time, has nothing that it could change unless they gave it as a minor.</summary>
    private static bool MayTighten(Policy policy, ProfileDraft profile, SubjectAge stated, DateTimeOffset now) =>
        profile.OwnAge is not null
        || profile.HasMembers
        || Ages.IsMinor(policy, stated, now)
        || profile.History.Consents.Any(consent => Ages.IsVoid(policy, stated, isChildDirected: false, consent));
}
