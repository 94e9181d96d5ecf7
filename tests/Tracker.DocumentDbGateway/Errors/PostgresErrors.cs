using Npgsql;

namespace Tracker.DocumentDbGateway.Errors;

internal static class PostgresErrors
{
    public static CommandException ToCommandException(PostgresException error, bool inTransaction)
    {
        var code = SqlState.ToCode(error.SqlState);
        return code switch
        {
            ErrorCode.WriteConflict or ErrorCode.LockTimeout or ErrorCode.MaxTimeMSExpired when inTransaction =>
                new CommandException(ErrorCode.WriteConflict, error.MessageText, ErrorLabel.TransientTransaction),
            ErrorCode.NoSuchTransaction => new CommandException(code, error.MessageText, ErrorLabel.TransientTransaction),
            _ => new CommandException(code, error.MessageText),
        };
    }

    /// <summary>Whether the server went away rather than refused.</summary>
    public static bool MeansLost(NpgsqlException error) =>
        error is not PostgresException refused || SqlState.ToCode(refused.SqlState) == ErrorCode.ShutdownInProgress;
}
