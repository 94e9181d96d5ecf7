using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>What kinds of identifier are the address of a medium.</summary>
internal static class ContactAddress
{
    private static readonly IdentifierKind[] Email = [IdentifierKind.Email];
    private static readonly IdentifierKind[] Phone = [IdentifierKind.Phone];
    // A platform finds its members by either.
    private static readonly IdentifierKind[] EmailOrPhone = [IdentifierKind.Email, IdentifierKind.Phone];

    /// <returns>Of what names a person, the addresses of these media.</returns>
    public static IReadOnlyList<IdentifierHash> Of(IReadOnlyList<ContactChannel> media, IReadOnlyList<IdentifierHash> identifiers) =>
        [.. identifiers.Where(hash => media.Any(medium => KindsOf(medium).Contains(hash.Kind))).Distinct()];

    /// <returns>Of them, the addresses of one medium.</returns>
    public static IReadOnlyList<IdentifierHash> Of(ContactChannel medium, IReadOnlyList<IdentifierHash> identifiers)
    {
        if (identifiers.Count == 0 || (identifiers is [var only] && KindsOf(medium).Contains(only.Kind)))
        {
            return identifiers;
        }

        return Of([medium], identifiers);
    }

    /// <returns>None: none of those we know people by.</returns>
    public static IReadOnlyList<IdentifierKind> KindsOf(ContactChannel medium) => medium switch
    {
        ContactChannel.Email => Email,
        ContactChannel.Sms or ContactChannel.Im or ContactChannel.PhoneOperator or ContactChannel.AutoCall => Phone,
        ContactChannel.SocialAudience => EmailOrPhone,
        _ => [],
    };
}
