namespace Tracker.DocumentDbGateway.Transactions;

internal enum TransactionState
{
    Active,
    Committed,
    Aborted,

    /// <summary>PostgreSQL was lost during the COMMIT.</summary>
    Unknown,
}
