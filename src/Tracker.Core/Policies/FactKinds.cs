namespace Tracker.Core.Policies;

public static class FactKinds
{
    /// <summary>Nobody else can do it for the person: what a member of staff types in establishes nothing .</summary>
    public static bool IsOwnAct(this FactKind fact) =>
        fact is FactKind.QuoteRequested or FactKind.AccountUsed or FactKind.LoyaltyJoined or FactKind.LoyaltyCardShown;

    /// <summary>It makes or ends an order, a quote, a contract, an account, so that the numbers named beside it are this person's; a sign-in and a card make none.</summary>
    public static bool MakesContract(this FactKind fact) =>
        fact is not (FactKind.AccountUsed or FactKind.LoyaltyJoined or FactKind.LoyaltyLeft or FactKind.LoyaltyCardShown);
}
