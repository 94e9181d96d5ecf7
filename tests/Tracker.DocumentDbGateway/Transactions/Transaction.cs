using System.Data;
using Npgsql;
using Tracker.DocumentDbGateway.Errors;
using Tracker.DocumentDbGateway.Postgres;

namespace Tracker.DocumentDbGateway.Transactions;

/// <summary>A transaction of a session and the connection it holds. One command at a time has its turn, and so has whoever ends it.</summary>
internal sealed class Transaction(long number, NpgsqlDataSource postgres, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private NpgsqlConnection? _connection;
    private string? _id;
    private long _lastUsed = time.GetTimestamp();

    public long Number { get; } = number;

    public TransactionState State { get; private set; } = TransactionState.Active;

    public TimeSpan Idle => time.GetElapsedTime(Volatile.Read(ref _lastUsed));

    public async Task BeginAsync(CancellationToken cancellation)
    {
        _connection = await postgres.OpenConnectionAsync(cancellation);
        try
        {
            await ExecuteAsync(_connection, "BEGIN ISOLATION LEVEL REPEATABLE READ");
        }
        catch
        {
            await AbortInTurnAsync();
            throw;
        }
    }

    /// <summary>An exception aborts the transaction, as does an answer of which <paramref name="aborts"/> holds.</summary>
    public Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> work, Predicate<T> aborts, CancellationToken cancellation) => InTurnAsync(async () =>
    {
        var connection = State == TransactionState.Active && _connection is not null ? _connection : throw CommandException.NoSuchTransaction(Number);
        try
        {
            var answer = await work(connection);
            if (aborts(answer))
            {
                await AbortInTurnAsync();
            }

            return answer;
        }
        catch
        {
            await AbortInTurnAsync();
            throw;
        }
    }, cancellation);

    public Task CommitAsync(CancellationToken cancellation) => InTurnAsync(async () =>
    {
        if (State == TransactionState.Unknown)
        {
            State = await FindOutAsync(cancellation);
        }
        else if (State == TransactionState.Active)
        {
            await CommitInTurnAsync(cancellation);
        }

        return State == TransactionState.Committed ? State : throw CommandException.NoSuchTransaction(Number);
    }, cancellation);

    public Task AbortAsync(CancellationToken cancellation) => InTurnAsync(async () =>
    {
        await AbortInTurnAsync();
        return State;
    }, cancellation);

    /// <summary>Does not wait for a command under way: then the transaction is not idle.</summary>
    public async Task AbortIfIdleAsync(TimeSpan limit)
    {
        if (State != TransactionState.Active || !await _turn.WaitAsync(TimeSpan.Zero))
        {
            return;
        }

        try
        {
            if (Idle > limit)
            {
                await AbortInTurnAsync();
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var statement = Statement.On(connection, sql);
        await statement.ExecuteNonQueryAsync();
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return await work();
        }
        finally
        {
            Volatile.Write(ref _lastUsed, time.GetTimestamp());
            _turn.Release();
        }
    }

    // A driver repeats a commit of which it has no answer. To be told then that there is no such transaction, it would do
    // all of it a second time: so PostgreSQL's own id is known before, and can be asked for afterwards.
    private async Task CommitInTurnAsync(CancellationToken cancellation)
    {
        try
        {
            await using var query = Statement.On(_connection!, "SELECT pg_current_xact_id_if_assigned()::text");
            _id = await query.ExecuteScalarAsync(cancellation) as string;
        }
        catch
        {
            await AbortInTurnAsync();
            throw;
        }

        try
        {
            await ExecuteAsync(_connection!, "COMMIT");
            State = TransactionState.Committed;
        }
        catch (NpgsqlException e) when (_id is not null && PostgresErrors.MeansLost(e))
        {
            State = TransactionState.Unknown;
            throw CommandException.ConnectionLost(e.Message, inTransaction: false);
        }
        catch
        {
            State = TransactionState.Aborted;
            throw;
        }
        finally
        {
            await ReleaseAsync();
        }
    }

    private async Task<TransactionState> FindOutAsync(CancellationToken cancellation)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellation);
        await using var query = Statement.On(connection, "SELECT pg_xact_status($1::xid8)", _id);
        return await query.ExecuteScalarAsync(cancellation) switch
        {
            "committed" => TransactionState.Committed,
            "aborted" => TransactionState.Aborted,
            _ => throw CommandException.ConnectionLost("it is not known yet whether the transaction is committed", inTransaction: false),
        };
    }

    private async Task AbortInTurnAsync()
    {
        if (_connection is null)
        {
            return;
        }

        State = TransactionState.Aborted;
        try
        {
            if (_connection.State == ConnectionState.Open)
            {
                await ExecuteAsync(_connection, "ROLLBACK");
            }
        }
        catch (NpgsqlException)
        {
            // The connection breaks, and with it the transaction is gone.
        }
        finally
        {
            await ReleaseAsync();
        }
    }

    private async Task ReleaseAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }
}
