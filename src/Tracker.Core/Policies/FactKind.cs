namespace Tracker.Core.Policies;

/// <summary>What an interaction proves about the person's stage.</summary>
public enum FactKind : byte
{
    Purchase,
    QuoteRequested,
    AccountOpened,
    AccountClosed,
    ContractStarted,
    ContractEnded,
}
