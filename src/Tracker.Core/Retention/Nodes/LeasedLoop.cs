using Microsoft.Extensions.Hosting;

namespace Tracker.Core.Retention.Nodes;

/// <summary>A work that one node of all does, again and again, for as long as the service runs.</summary>
public abstract class LeasedLoop(WorkLease lease, TimeSpan interval) : BackgroundService, IHostedLifecycleService
{
    /// <summary>One pass, if it is the turn of this node.</summary>
    /// <returns>False: another node does it.</returns>
    public Task<bool> PassAsync(CancellationToken cancellation) => lease.TryWorkAsync(WorkAsync, cancellation);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A server that then cannot open its ports must not take the work from one that runs.
    public override Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => base.StartAsync(cancellationToken);

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await lease.ReleaseAsync(cancellationToken);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Dispose()
    {
        base.Dispose();
        lease.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => lease.RepeatAsync(interval, StepAsync, stoppingToken);

    /// <summary>What is done at every interval; nothing but the end of the service leaves it.</summary>
    protected abstract Task StepAsync(CancellationToken stoppingToken);

    /// <param name="fence">Of what it writes.</param>
    protected abstract Task WorkAsync(Fence fence, CancellationToken cancellation);
}
