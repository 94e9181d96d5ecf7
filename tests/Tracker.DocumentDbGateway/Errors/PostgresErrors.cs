using Npgsql;

namespace Tracker.DocumentDbGateway.Errors;

internal static class PostgresErrors
{
    // Another has created the same database since our snapshot was taken.
    private const string DatabaseIsNew = "Unable to create metadata database sentinel collection";

    public static CommandException ToCommandException(PostgresException error, bool inTransaction)
    {
        var code = IsConflict(error) ? ErrorCode.WriteConflict : SqlState.ToCode(error.SqlState);
        return code switch
        {
            ErrorCode.WriteConflict or ErrorCode.LockTimeout or ErrorCode.MaxTimeMSExpired when inTransaction =>
                new CommandException(ErrorCode.WriteConflict, error.MessageText, ErrorLabel.TransientTransaction),
            ErrorCode.NoSuchTransaction => new CommandException(code, error.MessageText, ErrorLabel.TransientTransaction),
            _ => new CommandException(code, error.MessageText),
        };
    }

    /// <summary>Whether another was faster, and the same can succeed if it is done again.</summary>
    public static bool IsConflict(PostgresException error) =>
        error.SqlState is SqlState.SerializationFailure or SqlState.Deadlock
        || error.MessageText.StartsWith(DatabaseIsNew, StringComparison.Ordinal);

    /// <summary>Whether the server went away rather than refused.</summary>
    public static bool MeansLost(NpgsqlException error) =>
        error is not PostgresException refused || SqlState.ToCode(refused.SqlState) == ErrorCode.ShutdownInProgress;
}
