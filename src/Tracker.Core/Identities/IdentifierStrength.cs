using Tracker.Core.Model;

namespace Tracker.Core.Identities;

/// <summary>How much an identifier says about who someone is.</summary>
public static class IdentifierStrength
{
    /// <summary>Names a person.</summary>
    public static bool NamesAPerson(this IdentifierKind kind) => Rank(kind) >= 3;

    /// <summary>Names a machine: it leads to whoever named themselves on it last (E11).</summary>
    public static bool NamesAMachine(this IdentifierKind kind) => kind is IdentifierKind.Device or IdentifierKind.Cookie;

    /// <summary>Leads to a profile at all; a receipt number names a purchase.</summary>
    public static bool LeadsToAProfile(this IdentifierKind kind) => Rank(kind) > 0;

    /// <summary>A person has one of it: two different values are two people.</summary>
    public static bool IsUniquePerPerson(this IdentifierKind kind) => kind == IdentifierKind.CustomerNumber;

    /// <summary>Where identifiers of one interaction lead to different profiles, the higher one decides.</summary>
    public static int Rank(IdentifierKind kind) => kind switch
    {
        IdentifierKind.CustomerNumber => 6,
        IdentifierKind.LoyaltyCard => 5,
        IdentifierKind.Email => 4,
        IdentifierKind.Phone => 3,
        IdentifierKind.PaymentToken => 2,
        IdentifierKind.Device or IdentifierKind.Cookie => 1,
        _ => 0,
    };
}
