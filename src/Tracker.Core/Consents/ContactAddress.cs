using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>What kind of identifier is the address of a medium.</summary>
internal static class ContactAddress
{
    /// <returns>Of what names a person, the addresses of these media.</returns>
    public static IReadOnlyList<IdentifierHash> Of(IReadOnlyList<ContactChannel> media, IReadOnlyList<IdentifierHash> identifiers) =>
        identifiers.Count == 0 ? [] : [.. identifiers.Where(hash => media.Any(medium => KindOf(medium) == hash.Kind)).Distinct()];

    /// <returns>Null: none of those we know people by.</returns>
    public static IdentifierKind? KindOf(ContactChannel medium) => medium switch
    {
        ContactChannel.Email => IdentifierKind.Email,
        ContactChannel.Sms or ContactChannel.PhoneOperator or ContactChannel.AutoCall => IdentifierKind.Phone,
        _ => null,
    };
}
