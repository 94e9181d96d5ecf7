namespace Tracker.Core.Model;

/// <summary>What an identifier is. Numbers are those of the contract and of the stores.</summary>
public enum IdentifierKind : byte
{
    Unspecified = 0,
    Email = 1,
    Phone = 2,
    LoyaltyCard = 3,
    CustomerNumber = 4,
    Device = 5,
    Cookie = 6,
    PaymentToken = 7,
    Receipt = 8,
}
