using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Tracker.Core.Model;

namespace Tracker.Storage.Mongo.Engine;

/// <summary>What every call passes: one that MongoDB does not serve is refused, with a word when to come again and none of what it failed with.</summary>
internal sealed class StoreGuard
{
    // Who goes away earlier has shown nothing.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline _calls;
    private readonly ResiliencePipeline _reads;
    private readonly ResiliencePipeline _work;
    private readonly ResiliencePipeline _transactions;
    private readonly StoreOutage _outage;
    private readonly StoreMetrics _metrics;

    /// <param name="options">The time-outs.</param>
    /// <param name="newPipeline">A builder that tells what happens to whoever listens.</param>
    /// <param name="metrics">Where refusals and repeats are counted.</param>
    /// <param name="outage">Told when the server goes and comes.</param>
    public StoreGuard(MongoStoreOptions options, Func<ResiliencePipelineBuilder> newPipeline, StoreMetrics metrics, StoreOutage outage)
    {
        (_metrics, _outage) = (metrics, outage);
        _calls = MongoPipeline.Breaking(newPipeline(), options, outage, _state);
        _reads = MongoPipeline.InTime(newPipeline(), MongoPipeline.ReadsName, options.OperationTimeout);
        _work = MongoPipeline.InTime(newPipeline(), MongoPipeline.WorkName, options.TransactionBudget);
        _transactions = MongoPipeline.Repeating(newPipeline(), options, metrics);
    }

    /// <exception cref="RefusalException">It is not served.</exception>
    public Task<T> ReadAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellation) => AskAsync(_reads, read, cancellation);

    /// <exception cref="RefusalException">It is not served, or not as a whole.</exception>
    public Task<T> WorkAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellation) => AskAsync(_work, work, cancellation);

    /// <summary>The attempt is made again while another write is in the way.</summary>
    /// <exception cref="RefusalException">It is not served, or nobody knows whether it was.</exception>
    public Task<T> TransactAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellation)
    {
        var meetings = new Meetings();
        return AskAsync(_transactions, token => meetings.NoteAsync(attempt, token), cancellation, meetings);
    }

    /// <summary>However long it takes.</summary>
    /// <exception cref="RefusalException">The server was lost meanwhile.</exception>
    public Task OpenAsync(Func<Task> open) => AskAsync(
        ResiliencePipeline.Empty,
        async _ =>
        {
            await open();
            return true;
        },
        CancellationToken.None);

    /// <param name="meetings">Of a transaction; null: of what meets no other.</param>
    private async Task<T> AskAsync<T>(ResiliencePipeline inner, Func<CancellationToken, Task<T>> call, CancellationToken cancellation, Meetings? meetings = null)
    {
        try
        {
            return await _calls.ExecuteAsync(async token => await WaitAsync(inner, call, meetings, token), cancellation);
        }
        catch (BrokenCircuitException)
        {
            _metrics.Refused("broken");
            throw RefusalException.StoreAway();
        }
        catch (Exception fault) when (fault is not OperationCanceledException && StoreFaults.IsAway(fault))
        {
            _metrics.Refused(fault is UnknownCommitException ? "unknown" : "away");
            _outage.Failed(fault);
            throw RefusalException.StoreAway();
        }
        catch (Exception fault) when (StoreFaults.IsConflict(fault))
        {
            _metrics.Refused("contended");
            throw RefusalException.StoreUnavailable();
        }
    }

    private async Task<T> WaitAsync<T>(ResiliencePipeline inner, Func<CancellationToken, Task<T>> call, Meetings? meetings, CancellationToken cancellation)
    {
        var asked = TimeProvider.System.GetTimestamp();
        try
        {
            return await inner.ExecuteAsync(async token => await call(token), cancellation);
        }
        catch (TimeoutRejectedException late) when (meetings?.HasMet == true)
        {
            throw new ContendedException(late);
        }
        catch (OperationCanceledException cancelled) when (meetings?.HasMet != true && (_state.CircuitState == CircuitState.HalfOpen || TimeProvider.System.GetElapsedTime(asked) >= Patience))
        {
            throw new GaveUpException(cancelled);
        }
    }
}
