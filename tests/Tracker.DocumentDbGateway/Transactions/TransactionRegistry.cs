using System.Collections.Concurrent;
using Npgsql;
using Tracker.DocumentDbGateway.Errors;
using Tracker.DocumentDbGateway.Wire;

namespace Tracker.DocumentDbGateway.Transactions;

/// <summary>The last transaction of every session.</summary>
internal sealed class TransactionRegistry(NpgsqlDataSource postgres, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Transaction> _transactions = new();

    public int ActiveCount => _transactions.Values.Count(transaction => transaction.State == TransactionState.Active);

    /// <summary>The transaction that the request says it belongs to; begun now, if the request begins one.</summary>
    public async Task<Transaction> OfAsync(Request request, CancellationToken cancellation)
    {
        var number = request.TransactionNumber ?? throw new CommandException(ErrorCode.InvalidOptions, "'autocommit' needs a 'txnNumber'");
        if (request.StartsTransaction)
        {
            return await StartAsync(request.Session, number, cancellation);
        }

        return _transactions.TryGetValue(request.Session, out var found) && found.Number == number
            ? found
            : throw CommandException.NoSuchTransaction(number);
    }

    public async Task EndSessionAsync(string session, CancellationToken cancellation)
    {
        if (_transactions.TryRemove(session, out var transaction))
        {
            await transaction.AbortAsync(cancellation);
        }
    }

    public async Task AbortIdleAsync(TimeSpan limit)
    {
        foreach (var transaction in _transactions.Values)
        {
            await transaction.AbortIfIdleAsync(limit);
        }
    }

    public void ForgetEnded(TimeSpan limit)
    {
        foreach (var entry in _transactions.Where(entry => entry.Value.State != TransactionState.Active && entry.Value.Idle > limit))
        {
            _transactions.TryRemove(entry);
        }
    }

    public async Task AbortAllAsync(CancellationToken cancellation)
    {
        foreach (var session in _transactions.Keys)
        {
            await EndSessionAsync(session, cancellation);
        }
    }

    private async Task<Transaction> StartAsync(string session, long number, CancellationToken cancellation)
    {
        if (_transactions.TryGetValue(session, out var last))
        {
            await LeaveAsync(last, number, cancellation);
        }

        var transaction = new Transaction(number, postgres, time);
        await transaction.BeginAsync(cancellation);
        if (last is null ? _transactions.TryAdd(session, transaction) : _transactions.TryUpdate(session, transaction, last))
        {
            return transaction;
        }

        await transaction.AbortAsync(cancellation);
        throw new CommandException(ErrorCode.ConflictingOperationInProgress, "the session begins another transaction at the same time");
    }

    private static async Task LeaveAsync(Transaction last, long number, CancellationToken cancellation)
    {
        if (number < last.Number)
        {
            throw new CommandException(ErrorCode.TransactionTooOld, $"the session has begun transaction {last.Number} already");
        }

        if (number == last.Number && last.State != TransactionState.Aborted)
        {
            throw new CommandException(ErrorCode.TransactionNumberInUse, $"transaction {number} has begun already");
        }

        await last.AbortAsync(cancellation);
    }
}
