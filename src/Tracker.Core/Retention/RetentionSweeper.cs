using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tracker.Core.Model;
using Tracker.Core.Retention.Nodes;

namespace Tracker.Core.Retention;

/// <summary>Deletes what is past its end, in resumable chunks, on one node of all, for as long as the service runs.</summary>
public sealed partial class RetentionSweeper(
    IExpireData store,
    WorkLeases leases,
    RetentionMetrics metrics,
    IOptions<RetentionOptions> options,
    ILogger<RetentionSweeper> logger) : LeasedLoop(leases.For(BackgroundWork.Sweep), options.Value.SweepInterval)
{
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

    protected override async Task StepAsync(CancellationToken stoppingToken)
    {
        try
        {
            await PassAsync(stoppingToken);
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            if (!RefusalException.IsOutageAlone(fault))
            {
                LogFailed(new(fault));
            }
        }
    }

    /// <summary>A second node that deleted as well would find nothing: it needs no fence.</summary>
    protected override Task WorkAsync(Fence fence, CancellationToken cancellation) => SweepAsync(cancellation);

    [LoggerMessage(EventId = 3001, Level = LogLevel.Error, Message = "A pass of the retention sweeper failed; expired data stays hidden and is deleted by the next pass: {Fault}")]
    private partial void LogFailed(ToldFault fault);
}
