namespace Tracker.Core.Policies;

/// <summary>What an interaction proves about the person's stage.</summary>
public enum FactKind : byte
{
    Purchase,

    /// <summary>A cancellation or return: there was a sale, and it is over.</summary>
    PurchaseEnded,
    QuoteRequested,
    AccountOpened,
    AccountClosed,
    ContractStarted,
    ContractEnded,
    DebtSettled,

    /// <summary>A sign-in: there is an account, whenever it was opened.</summary>
    AccountUsed,
    LoyaltyJoined,
    LoyaltyLeft,

    /// <summary>The person is a member, whenever they joined.</summary>
    LoyaltyCardShown,
}
