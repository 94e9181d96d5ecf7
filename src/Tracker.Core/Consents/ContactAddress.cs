using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>What kinds of identifier are the address of a medium.</summary>
internal static class ContactAddress
{
    /// <returns>Of what names a person, the addresses of these media.</returns>
    public static IReadOnlyList<IdentifierHash> Of(IReadOnlyList<ContactChannel> media, IReadOnlyList<IdentifierHash> identifiers) =>
        identifiers.Count == 0 ? [] : [.. identifiers.Where(hash => media.Any(medium => KindsOf(medium).Contains(hash.Kind))).Distinct()];

    /// <returns>None: none of those we know people by.</returns>
    public static IReadOnlyList<IdentifierKind> KindsOf(ContactChannel medium) => medium switch
    {
        ContactChannel.Email => [IdentifierKind.Email],
        ContactChannel.Sms or ContactChannel.Im or ContactChannel.PhoneOperator or ContactChannel.AutoCall => [IdentifierKind.Phone],
        // A platform finds its members by either.
        ContactChannel.SocialAudience => [IdentifierKind.Email, IdentifierKind.Phone],
        _ => [],
    };
}
