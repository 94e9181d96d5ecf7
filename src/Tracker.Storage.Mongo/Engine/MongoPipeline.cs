using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Tracker.Storage.Mongo.Engine;

/// <summary>What is done about a MongoDB that is slow or away, and about transactions that meet. Single reads and writes the driver repeats itself.</summary>
internal static class MongoPipeline
{
    public const string CallsName = "mongo";
    public const string ReadsName = "mongo-reads";
    public const string WorkName = "mongo-work";
    public const string TransactionsName = "mongo-transactions";

    /// <summary>Around every call, with all its repeats: where too many were not answered, none is asked for a while.</summary>
    public static ResiliencePipeline Breaking(ResiliencePipelineBuilder builder, MongoStoreOptions options, StoreOutage outage, CircuitBreakerStateProvider state)
    {
        builder.Name = CallsName;
        builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception is { } fault && StoreFaults.IsAway(fault)),
            FailureRatio = 0.5,
            MinimumThroughput = 2,
            // Long enough for two that wait to the end, so that also a node with few calls notices.
            SamplingDuration = 2 * options.OperationTimeout,
            BreakDuration = options.BreakFor,
            StateProvider = state,
            OnOpened = opened =>
            {
                outage.Begin(opened.Outcome.Exception, opened.BreakDuration);
                return default;
            },
            OnClosed = _ =>
            {
                outage.End();
                return default;
            },
        });
        return builder.Build();
    }

    /// <summary>Around a call, with what the driver repeats of it.</summary>
    public static ResiliencePipeline InTime(ResiliencePipelineBuilder builder, string name, TimeSpan timeout)
    {
        builder.Name = name;
        return builder.AddTimeout(timeout).Build();
    }

    /// <summary>Around the attempts of one transaction. One whose commit nobody knows of is not begun again: the caller is told to ask.</summary>
    public static ResiliencePipeline Repeating(ResiliencePipelineBuilder builder, MongoStoreOptions options, StoreMetrics metrics)
    {
        builder.Name = TransactionsName;
        builder.AddTimeout(options.TransactionBudget);
        builder.AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception is { } fault && CauseOf(fault) is not null),
            MaxRetryAttempts = options.TransactionRetries,
            Delay = TimeSpan.FromMilliseconds(5),
            // Who has just succeeded begins without a delay; with long ones a withdrawal would never get past a stream of writes.
            MaxDelay = TimeSpan.FromMilliseconds(50),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            OnRetry = attempt =>
            {
                metrics.Repeated(CauseOf(attempt.Outcome.Exception!)!);
                return default;
            },
        });
        return builder.Build();
    }

    /// <returns>Why the transaction begins again; null: it does not.</returns>
    private static string? CauseOf(Exception fault) =>
        StoreFaults.IsDuplicateKey(fault) ? "key"
        : StoreFaults.IsConflict(fault) ? "conflict"
        : StoreFaults.IsTransient(fault) ? "transient"
        : null;
}
