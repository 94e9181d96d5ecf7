using Microsoft.Extensions.Logging;
using Tracker.Core.Model;

namespace Tracker.Core.Retention.Nodes;

/// <summary>
/// The turn of this process at one work: taken with a pass of it, renewed from then on also between two passes, and given up
/// before it ends where it cannot be renewed. Whoever was paused beyond its end is stopped by the fence.
/// </summary>
public sealed partial class WorkLease(
    BackgroundWork work,
    string holder,
    ILeaseStore store,
    RetentionMetrics metrics,
    TimeSpan duration,
    TimeProvider time,
    ILogger<WorkLease> logger) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _change = new();
    private volatile LeaseTerm? _term;

    // Twice in the time of a lease it may fail to be renewed, and what is under way has the last sixth to end.
    private TimeSpan RenewedEvery => duration / 3;

    private TimeSpan ReliedOn => duration - (duration / 6);

    /// <summary>Does the pass, if it is this node's turn. The token it is given is cancelled before another may begin.</summary>
    /// <returns>False: another node does it, or has taken it meanwhile.</returns>
    public async Task<bool> TryWorkAsync(Func<Fence, CancellationToken, Task> pass, CancellationToken cancellation)
    {
        if (await TakeAsync(cancellation) is not { } term)
        {
            return false;
        }

        var over = term.Over;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over, cancellation);
        try
        {
            await pass(term.Fence, either.Token);
            return true;
        }
        catch (LeaseLostException)
        {
            Lose(term);
            return false;
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Does the step now and at every interval, and renews what is held beside it, until the service stops.</summary>
    public Task RepeatAsync(TimeSpan interval, Func<CancellationToken, Task> step, CancellationToken stoppingToken) =>
        Task.WhenAll(KeepAsync(stoppingToken), StepAsync(interval, step, stoppingToken));

    public async Task RenewAsync(CancellationToken cancellation)
    {
        if (_term is null)
        {
            return;
        }

        try
        {
            await TakeAsync(cancellation);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            if (!RefusalException.IsOutageAlone(fault))
            {
                LogNotRenewed(work, new(fault));
            }
        }
    }

    /// <summary>Hands the work over, so that nobody has to wait for the end of the lease.</summary>
    public async Task ReleaseAsync(CancellationToken cancellation)
    {
        if (Leave() is not { } fence)
        {
            return;
        }

        try
        {
            await store.ReleaseAsync(fence, cancellation);
            LogReleased(work);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            if (!RefusalException.IsOutageAlone(fault))
            {
                LogNotReleased(work, new(fault));
            }
        }
    }

    public void Dispose()
    {
        _term?.Dispose();
        _turn.Dispose();
    }

    private async Task KeepAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RenewedEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await RenewAsync(stoppingToken);
        }
    }

    private async Task StepAsync(TimeSpan interval, Func<CancellationToken, Task> step, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        do
        {
            await step(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <returns>Null: another has it.</returns>
    private async Task<LeaseTerm?> TakeAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var asked = time.GetTimestamp();
            var fence = await store.TakeAsync(work, holder, duration, cancellation);
            var left = ReliedOn - time.GetElapsedTime(asked);
            return Taken(fence, left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
        finally
        {
            _turn.Release();
        }
    }

    private LeaseTerm? Taken(Fence? fence, TimeSpan left)
    {
        if (_term is { } term && term.Fence == fence)
        {
            term.Extend(left);
            return term;
        }

        if (_term is { } lost)
        {
            Lose(lost);
        }

        return fence is { } taken ? Begin(taken, left) : null;
    }

    private LeaseTerm Begin(Fence fence, TimeSpan left)
    {
        var term = new LeaseTerm(fence, left, time);
        lock (_change)
        {
            _term = term;
            metrics.Works(work, isDone: true);
            LogTaken(work, fence.Number, holder);
        }

        term.Over.Register(() => Lose(term));
        return term;
    }

    private void Lose(LeaseTerm term)
    {
        lock (_change)
        {
            if (_term != term)
            {
                return;
            }

            _term = null;
            metrics.Works(work, isDone: false);
            LogLost(work);
        }

        term.End();
    }

    private Fence? Leave()
    {
        LeaseTerm? term;
        lock (_change)
        {
            term = _term;
            _term = null;
            metrics.Works(work, isDone: false);
        }

        term?.End();
        return term?.Fence;
    }

    [LoggerMessage(EventId = 3007, Level = LogLevel.Information, Message = "{Work} is done by this node from now on (fence {Fence}, holder {Holder})")]
    private partial void LogTaken(BackgroundWork work, long fence, string holder);

    [LoggerMessage(EventId = 3008, Level = LogLevel.Warning, Message = "{Work} is no longer done by this node: its lease was not renewed in time, or has gone to another node, which goes on")]
    private partial void LogLost(BackgroundWork work);

    [LoggerMessage(EventId = 3009, Level = LogLevel.Information, Message = "{Work} is handed over to whichever node comes next")]
    private partial void LogReleased(BackgroundWork work);

    [LoggerMessage(EventId = 3010, Level = LogLevel.Warning, Message = "The lease of {Work} could not be renewed; this node stops before it ends: {Fault}")]
    private partial void LogNotRenewed(BackgroundWork work, ToldFault fault);

    [LoggerMessage(EventId = 3011, Level = LogLevel.Warning, Message = "The lease of {Work} could not be released; another node goes on when it ends: {Fault}")]
    private partial void LogNotReleased(BackgroundWork work, ToldFault fault);
}
