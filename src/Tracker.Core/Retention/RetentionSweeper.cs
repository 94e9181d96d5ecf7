using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracker.Core.Retention;

/// <summary>Deletes what is past its end, in resumable chunks, for as long as the service runs.</summary>
public sealed partial class RetentionSweeper(
    IExpireData store,
    RetentionMetrics metrics,
    IOptions<RetentionOptions> options,
    TimeProvider time,
    ILogger<RetentionSweeper> logger) : BackgroundService
{
    /// <summary>One pass: everything that is due now.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        SweepResult result;
        do
        {
            result = await store.SweepAsync(options.Value.SweepChunk, cancellation);
            metrics.Swept(result);
        }
        while (!result.IsDone);

        metrics.Measured(await store.MeasureAsync(cancellation));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepInterval, time);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Error, Message = "A pass of the retention sweeper failed; expired data stays hidden and is deleted by the next pass")]
    private partial void LogFailed(Exception fault);
}
