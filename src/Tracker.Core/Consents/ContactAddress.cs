using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>What kind of identifier is the address of a medium.</summary>
internal static class ContactAddress
{
    /// <returns>Null: none of those we know people by.</returns>
    public static IdentifierKind? KindOf(ContactChannel medium) => medium switch
    {
        ContactChannel.Email => IdentifierKind.Email,
        ContactChannel.Sms or ContactChannel.PhoneOperator or ContactChannel.AutoCall => IdentifierKind.Phone,
        _ => null,
    };
}
