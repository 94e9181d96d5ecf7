using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Polly;
using Tracker.Cache.Redis;

namespace Tracker.Storage.Tests.Redis;

public sealed class RedisPipelineTests
{
    private static readonly RedisCacheOptions Settings = new() { Retries = 0 };

    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger _log = new();
    private readonly ResiliencePipeline _pipeline;

    public RedisPipelineTests()
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = _time };
        RedisPipeline.Configure(builder, Settings, _log);
        _pipeline = builder.Build();
    }

    [Fact]
    public async Task Outage_that_outlives_many_trials_is_told_in_two_lines()
    {
        for (var trial = 0; trial < 10; trial++)
        {
            await AskAsync(isAway: true);
            await AskAsync(isAway: true);
            await AskAsync(isAway: true);
            _time.Advance(Settings.BreakFor);
        }

        await AskAsync(isAway: false);

        Assert.Equal([4001, 4002], _log.Collector.GetSnapshot().Select(line => line.Id.Id));
    }

    private async Task AskAsync(bool isAway)
    {
        try
        {
            await _pipeline.ExecuteAsync(_ => isAway ? throw new TimeoutException() : ValueTask.CompletedTask, TestContext.Current.CancellationToken);
        }
        catch (Exception fault) when (fault is TimeoutException or ExecutionRejectedException)
        {
            // As the cache does: it is a miss.
        }
    }
}
