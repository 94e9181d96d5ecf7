using System.Net.Sockets;
using Npgsql;
using Tracker.DocumentDbGateway.Errors;
using Tracker.DocumentDbGateway.Transactions;
using Tracker.DocumentDbGateway.Wire;

namespace Tracker.DocumentDbGateway.Commands;

/// <summary>The boundary: whatever happens to a command, the client gets an answer to it.</summary>
internal sealed class CommandRunner(CommandTable commands, RetryableWrites retryable, DuplicateKeys duplicates, NpgsqlDataSource postgres, TextWriter log)
{
    public async Task<ReadOnlyMemory<byte>> RunAsync(Request request, CancellationToken cancellation)
    {
        try
        {
            return request.IsRetryableWrite
                ? await retryable.RunOnceAsync(request, () => commands.RunAsync(request, cancellation))
                : await commands.RunAsync(request, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ErrorReply.Of(CommandException.ConnectionLost("the gateway stops", request.IsInTransaction));
        }
        catch (Exception e)
        {
            return ErrorReply.Of(await ExplainAsync(e, request, cancellation));
        }
    }

    private async Task<CommandException> ExplainAsync(Exception error, Request request, CancellationToken cancellation)
    {
        switch (error)
        {
            case CommandException refused:
                return refused;
            case PostgresException e when SqlState.ToCode(e.SqlState) == ErrorCode.DuplicateKey:
                return await DescribeAsync(e, cancellation);
            case PostgresException e when !PostgresErrors.MeansLost(e):
                return PostgresErrors.ToCommandException(e, request.IsInTransaction);
            case NpgsqlException e:
                ForgetConnections(e);
                return CommandException.ConnectionLost(e.Message, request.IsInTransaction);
            default:
                await log.WriteLineAsync($"{request.Command}: {error}");
                return new CommandException(ErrorCode.InternalError, error.Message);
        }
    }

    private async Task<CommandException> DescribeAsync(PostgresException error, CancellationToken cancellation)
    {
        try
        {
            return await duplicates.DescribeAsync(error, cancellation);
        }
        catch (NpgsqlException)
        {
            return new CommandException(ErrorCode.DuplicateKey, $"E11000 duplicate key error ({error.MessageText})");
        }
    }

    // After a restart of PostgreSQL all of them are dead: better lost together than each on its own client.
    private void ForgetConnections(NpgsqlException error)
    {
        if (error is PostgresException || error.InnerException is IOException or SocketException)
        {
            postgres.Clear();
        }
    }
}
