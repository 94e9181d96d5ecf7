namespace Tracker.Core.Policies;

public static class FactKinds
{
    /// <summary>Nobody else can do it for the person: what a member of staff types in establishes nothing .</summary>
    public static bool IsOwnAct(this FactKind fact) =>
        fact is FactKind.QuoteRequested or FactKind.AccountUsed or FactKind.LoyaltyJoined or FactKind.LoyaltyCardShown;
}
