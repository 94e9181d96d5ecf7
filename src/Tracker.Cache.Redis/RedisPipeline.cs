using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;
using StackExchange.Redis;

namespace Tracker.Cache.Redis;

/// <summary>What is done about a Redis that is slow or away: little, because the store knows the same.</summary>
public static class RedisPipeline
{
    public const string Name = "redis";

    private static readonly PredicateBuilder<object> IsFault = new PredicateBuilder().Handle<RedisException>().Handle<TimeoutException>().Handle<TimeoutRejectedException>();

    /// <summary>Outermost the breaker, so that what it counts is whole questions; then one time-out over all attempts; then the attempts.</summary>
    public static void Configure(ResiliencePipelineBuilder builder, RedisCacheOptions options)
    {
        builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            ShouldHandle = IsFault,
            FailureRatio = 0.5,
            MinimumThroughput = 10,
            SamplingDuration = options.BreakFor,
            BreakDuration = options.BreakFor,
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
}
