using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tracker.Core.Retention.Nodes;

namespace Tracker.Core.Retention;

/// <summary>Deletes what is past its end, in resumable chunks, on one node of all, for as long as the service runs.</summary>
public sealed partial class RetentionSweeper(
    IExpireData store,
    WorkLeases leases,
    RetentionMetrics metrics,
    IOptions<RetentionOptions> options,
    TimeProvider time,
    ILogger<RetentionSweeper> logger) : BackgroundService
{
    private readonly WorkLease _lease = leases.For(BackgroundWork.Sweep);

    /// <summary>One pass, if it is the turn of this node. A second one would find nothing to do, and so it needs no fence.</summary>
    /// <returns>False: another node does it.</returns>
    public Task<bool> PassAsync(CancellationToken cancellation) => _lease.TryWorkAsync((_, token) => SweepAsync(token), cancellation);

    /// <summary>Everything that is due now.</summary>
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

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _lease.ReleaseAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        _lease.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_lease.KeepAsync(stoppingToken), RepeatAsync(stoppingToken));

    private async Task RepeatAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepInterval, time);
        do
        {
            try
            {
                await PassAsync(stoppingToken);
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
