using Npgsql;
using Tracker.DocumentDbGateway.Cursors;
using Tracker.DocumentDbGateway.Postgres;
using Tracker.DocumentDbGateway.Transactions;

namespace Tracker.DocumentDbGateway.Hosting;

/// <summary>Ends what clients have left behind.</summary>
internal sealed class Housekeeping(
    NpgsqlDataSource postgres,
    TransactionRegistry transactions,
    RetryableWrites retryable,
    CursorRegistry cursors,
    GatewayOptions options)
{
    private long? _lastPurge;

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(options.HousekeepingInterval, options.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                await OnceAsync(stop);
            }
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
        }
    }

    /// <summary>A chore that fails is tried again at the next interval, and keeps none of the others from being done.</summary>
    public async Task OnceAsync(CancellationToken stop)
    {
        await TryAsync(() => transactions.AbortIdleAsync(options.TransactionIdle), stop);
        await TryAsync(() => cursors.CloseIdleAsync(options.CursorIdle, stop), stop);
        await TryAsync(() => PurgeAsync(stop), stop);
        transactions.ForgetEnded(options.SessionIdle);
        retryable.Forget(options.SessionIdle);
    }

    // The extension keeps what retryable writes have done for good.
    private async Task PurgeAsync(CancellationToken stop)
    {
        if (_lastPurge is { } last && options.Time.GetElapsedTime(last) < options.SessionIdle / 6)
        {
            return;
        }

        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var statement = Statement.On(
            connection,
            "DELETE FROM documentdb_data.retryable_writes WHERE write_time < now() - make_interval(secs => $1)",
            options.SessionIdle.TotalSeconds);
        await statement.ExecuteNonQueryAsync(stop);
        _lastPurge = options.Time.GetTimestamp();
    }

    private async Task TryAsync(Func<Task> chore, CancellationToken stop)
    {
        try
        {
            await chore();
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            await options.Log.WriteLineAsync($"housekeeping: {e.Message}");
        }
    }
}
