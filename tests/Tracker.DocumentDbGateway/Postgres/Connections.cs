using Npgsql;
using Tracker.DocumentDbGateway.Errors;
using Tracker.DocumentDbGateway.Transactions;
using Tracker.DocumentDbGateway.Wire;

namespace Tracker.DocumentDbGateway.Postgres;

/// <summary>Runs work on the connection of the request's transaction, or on a pooled one.</summary>
internal sealed class Connections(NpgsqlDataSource postgres, TransactionRegistry transactions)
{
    private const int Attempts = 6;

    public static NpgsqlDataSource Pool(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection)
        {
            MaxPoolSize = 150,
            Timeout = 30,
            CommandTimeout = 0,
            NoResetOnClose = true,
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
            IncludeErrorDetail = true,
            Options = "-c documentdb.throwDeadlockOnCRUD=on -c client_min_messages=warning",
        };
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }

    /// <param name="repeatable">The work does all or nothing, so it can be repeated after a conflict with another.</param>
    /// <param name="aborts">Whether this answer ends the transaction that it belongs to.</param>
    public async Task<T> RunAsync<T>(Request request, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellation, bool repeatable = true, Predicate<T>? aborts = null)
    {
        if (request.IsInTransaction)
        {
            var transaction = await transactions.OfAsync(request, cancellation);
            return await transaction.RunAsync(work, aborts ?? (_ => false), cancellation);
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await postgres.OpenConnectionAsync(cancellation);
                return await work(connection);
            }
            catch (PostgresException e) when (repeatable && attempt < Attempts && PostgresErrors.IsConflict(e))
            {
                await Task.Delay(Random.Shared.Next(5, 20 << attempt), cancellation);
            }
        }
    }

    public Task<ReadOnlyMemory<byte>> DocumentAsync(Request request, string sql, CancellationToken cancellation, params object?[] arguments) =>
        RunAsync(request, async connection =>
        {
            await using var statement = Statement.On(connection, sql, arguments);
            return await statement.ExecuteScalarAsync(cancellation) is byte[] document
                ? new ReadOnlyMemory<byte>(document)
                : throw new InvalidOperationException($"{request.Command} gave no document.");
        }, cancellation);

    public Task<object?> ValueAsync(Request request, string sql, CancellationToken cancellation, params object?[] arguments) =>
        RunAsync(request, async connection =>
        {
            await using var statement = Statement.On(connection, sql, arguments);
            return await statement.ExecuteScalarAsync(cancellation);
        }, cancellation);
}
