using Microsoft.Extensions.Hosting;
using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>
/// Takes calls from the queue and processes them one micro-batch at a time: while one is being committed the next fills
/// up, so a lone call is not delayed and a flood is coalesced. On stopping it finishes what it has let in.
/// </summary>
public sealed class IngestionLoop(
    IngestionQueue queue,
    MicroBatchProcessor processor) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Close();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The stopping token is not passed on: what is inside is finished, and the queue's end ends the loop.
        while (await queue.TakeAsync(CancellationToken.None) is { } calls)
        {
            await ServeAsync(calls);
        }
    }

    private async Task ServeAsync(IReadOnlyList<PendingCall> calls)
    {
        foreach (var tenant in calls.GroupBy(call => call.Interactions[0].Interaction.Tenant))
        {
            await ServeAsync(tenant.Key, [.. tenant]);
        }
    }

    /// <summary>A fault of the store fails them all; any other fault is found by halving, so that one bad interaction fails only its own call.</summary>
    private async Task ServeAsync(TenantId tenant, IReadOnlyList<PendingCall> calls)
    {
        try
        {
            await processor.ProcessAsync(tenant, [.. calls.SelectMany(call => call.Interactions)], CancellationToken.None);
            foreach (var call in calls)
            {
                queue.Leave(call);
                call.Answer();
            }
        }
        catch (RefusalException refusal)
        {
            Fail(calls, refusal);
        }
        catch (Exception fault) when (calls.Count == 1)
        {
            Fail(calls, fault);
        }
        catch (Exception)
        {
            await ServeAsync(tenant, [.. calls.Take(calls.Count / 2)]);
            await ServeAsync(tenant, [.. calls.Skip(calls.Count / 2)]);
        }
    }

    private void Fail(IReadOnlyList<PendingCall> calls, Exception fault)
    {
        foreach (var call in calls)
        {
            queue.Leave(call);
            call.Fail(fault);
        }
    }
}
