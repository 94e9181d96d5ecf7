using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;
using StackExchange.Redis;

namespace Tracker.Cache.Redis;

/// <summary>What is done about a Redis that is slow or away: little, because the store knows the same.</summary>
public static partial class RedisPipeline
{
    public const string Name = "redis";

    private static readonly PredicateBuilder<object> IsFault = new PredicateBuilder().Handle<RedisException>().Handle<TimeoutException>().Handle<TimeoutRejectedException>();

    /// <summary>
    /// Outermost the breaker, so that what it counts is whole questions; then one time-out over all attempts; then the attempts.
    /// One line tells when it is away and one when it is back: a failed question is counted, and its fault may quote keys.
    /// </summary>
    public static void Configure(ResiliencePipelineBuilder builder, RedisCacheOptions options, ILogger logger)
    {
        // A trial that fails opens the breaker again.
        var isTold = false;
        builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            ShouldHandle = IsFault,
            FailureRatio = 0.5,
            MinimumThroughput = 3,
            SamplingDuration = options.BreakFor,
            BreakDuration = options.BreakFor,
            OnOpened = opened =>
            {
                if (!isTold)
                {
                    isTold = true;
                    LogAway(logger, opened.BreakDuration);
                }

                return default;
            },
            OnClosed = _ =>
            {
                isTold = false;
                LogBack(logger);
                return default;
            },
        });
        builder.AddTimeout(options.Timeout);
        if (options.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<RedisConnectionException>(),
                MaxRetryAttempts = options.Retries,
                Delay = TimeSpan.FromMilliseconds(5),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            });
        }
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Warning, Message = "Redis does not answer and is not asked for {Duration}: the store serves, slower")]
    private static partial void LogAway(ILogger logger, TimeSpan duration);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Information, Message = "Redis answers again")]
    private static partial void LogBack(ILogger logger);
}
