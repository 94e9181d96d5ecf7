namespace Tracker.DocumentDbGateway.Errors;

/// <summary>What tells a driver that it may repeat a write, or a whole transaction.</summary>
internal static class ErrorLabel
{
    public const string RetryableWrite = "RetryableWriteError";
    public const string TransientTransaction = "TransientTransactionError";
}
