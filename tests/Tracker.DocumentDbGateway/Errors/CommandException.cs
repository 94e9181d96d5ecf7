namespace Tracker.DocumentDbGateway.Errors;

/// <summary>A command is refused, in MongoDB's terms.</summary>
internal sealed class CommandException(ErrorCode code, string message, params string[] labels) : Exception(message)
{
    public ErrorCode Code { get; } = code;

    public IReadOnlyList<string> Labels { get; } = labels;

    public static CommandException NoSuchTransaction(long? number) => new(
        ErrorCode.NoSuchTransaction,
        $"Given transaction number {number} does not match any in-progress transactions.",
        ErrorLabel.TransientTransaction);

    /// <summary>PostgreSQL is gone, or going: nobody knows whether the write was done.</summary>
    public static CommandException ConnectionLost(string message, bool inTransaction) => new(
        ErrorCode.ShutdownInProgress,
        message,
        inTransaction ? ErrorLabel.TransientTransaction : ErrorLabel.RetryableWrite);
}
