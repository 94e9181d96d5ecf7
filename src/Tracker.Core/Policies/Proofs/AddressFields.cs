using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Policies.Proofs;

/// <summary>
/// Which addresses in content a right to contact somebody needs: those of its media (GDPR Art. 5(1)(c)), and of them those it was
/// given for, because nobody has confirmed the others (Garante 330/2025, C8).
/// </summary>
internal static class AddressFields
{
    private static readonly FieldSet Email = default(FieldSet).With(ContentField.ContactEmail);
    private static readonly FieldSet Phone = default(FieldSet).With(ContentField.ContactPhone);
    private static readonly FieldSet Post = default(FieldSet).With(ContentField.ContactPostalAddress);

    public static FieldSet All => Email | Phone | Post;

    /// <returns>All fields but the addresses of other media.</returns>
    public static FieldSet Of(IEnumerable<ContactChannel> media) => Without(media.Aggregate(default(FieldSet), (fields, medium) => fields | UsedBy(medium)));

    /// <returns>All fields but the addresses of media that no consent covers.</returns>
    public static FieldSet Of(IEnumerable<ConsentSpan> consents) => Of(consents.Select(consent => consent.ContactChannel));

    /// <param name="stated">Hashes of the addresses in the content; one that is missing can be compared with none.</param>
    /// <returns>Of those also without what none of the consents was given for.</returns>
    public static FieldSet Confirmed(IReadOnlyList<ConsentSpan> consents, IReadOnlyList<IdentifierHash> stated)
    {
        List<IdentifierHash> given = [];
        var used = default(FieldSet);
        for (var i = 0; i < consents.Count; i++)
        {
            given.AddRange(consents[i].Addresses);
            used |= UsedBy(consents[i].ContactChannel);
        }

        return Without(used).Except(Unconfirmed(given, stated));
    }

    /// <returns>Whether a consent is proof of that field: any is of one that is no address, otherwise one whose medium uses it and that was given for it.</returns>
    public static bool IsProofOf(ConsentSpan consent, ContentField field, IReadOnlyList<IdentifierHash> stated) =>
        !All.Contains(field) || Confirmed([consent], stated).Contains(field);

    /// <returns>Whether a medium uses that field, or it is no address.</returns>
    public static bool Uses(ContactChannel medium, ContentField field) => !All.Contains(field) || UsedBy(medium).Contains(field);

    /// <returns>All fields but the addresses of other media and an e-mail address that the soft opt-in was not noted for.</returns>
    public static FieldSet Confirmed(SoftOptIn given, IReadOnlyList<IdentifierHash> stated) =>
        Of([ContactChannel.Email]).Except(Unconfirmed(given.Addresses, stated));

    private static FieldSet Unconfirmed(IReadOnlyList<IdentifierHash> given, IReadOnlyList<IdentifierHash> stated) =>
        (IsAnother(given, stated, IdentifierKind.Email) ? Email : default) | (IsAnother(given, stated, IdentifierKind.Phone) ? Phone : default);

    private static bool IsAnother(IReadOnlyList<IdentifierHash> given, IReadOnlyList<IdentifierHash> stated, IdentifierKind kind) =>
        Addresses.HaveKind(stated, kind) ? Addresses.AreOthers(given, stated, kind) : Addresses.HaveKind(given, kind);

    /// <summary>What needs no medium, or is matched by whatever the platform knows, may need all.</summary>
    private static FieldSet UsedBy(ContactChannel medium) => medium switch
    {
        ContactChannel.Unspecified or ContactChannel.SocialAudience => All,
        ContactChannel.Email => Email,
        ContactChannel.Sms or ContactChannel.Im or ContactChannel.AutoCall or ContactChannel.PhoneOperator => Phone,
        ContactChannel.Post => Post,
        _ => default,
    };

    private static FieldSet Without(FieldSet used) => FieldSet.All.Except(All.Except(used));
}
