using Microsoft.Extensions.Hosting;
using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>
/// Takes calls from the queue and processes them a micro-batch at a time: while one is being committed the next fills
/// up, so a lone call is not delayed and a flood is coalesced. Where the store takes several commits at a time the next begins beside
/// those under way, but for what has to do with them. On stopping it finishes what it has let in.
/// </summary>
public sealed class IngestionLoop(IngestionQueue queue, InteractionPipeline pipeline) : BackgroundService
{
    private readonly UnderWay _underWay = new(pipeline.CommitsAtATime);
    private LateInteractions _late = LateInteractions.None;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Close();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The stopping token is not passed on: what is inside is finished, and the queue's end ends the loop.
        while (!(queue.IsOver && _underWay.IsEmpty && _late.Pending.Count == 0))
        {
            if (MayBegin)
            {
                await PacedAsync();

                // What is over by now is nothing that the next could be late for.
                _underWay.ForgetWhatIsOver();
                await BeginNextAsync();
            }
            else
            {
                await queue.ChangedAsync();
            }

            _underWay.ForgetWhatIsOver();
        }
    }

    /// <summary>Beside others only with so many that it is worth the store's while.</summary>
    private bool MayBegin => _late.Pending.Count > 0
        ? _late.MayBegin
        : queue.Untaken >= (_underWay.IsEmpty ? 1 : pipeline.MinPartSize) && _underWay.Free > 0;

    /// <summary>What is late was paid for when it was taken.</summary>
    private ValueTask PacedAsync() => _late.Pending.Count == 0 ? queue.PacedAsync() : default;

    private async Task BeginNextAsync()
    {
        List<PendingInteraction> pending = [.. _late.Pending, .. queue.Take(besides: _late.Pending)];
        _late = LateInteractions.None;
        foreach (var tenant in pending.GroupBy(item => item.Interaction.Tenant))
        {
            while (_underWay.Free <= 0)
            {
                await queue.ChangedAsync();
                _underWay.ForgetWhatIsOver();
            }

            await BeginAsync(tenant.Key, [.. tenant]);
        }
    }

    private async Task BeginAsync(TenantId tenant, IReadOnlyList<PendingInteraction> pending)
    {
        MicroBatchReading reading;
        IReadOnlyList<IndependentPart> parts;
        LateInteractions late;
        try
        {
            reading = await pipeline.ReadAsync(tenant, pending, CancellationToken.None);
            (parts, late) = IndependentParts.Of(reading, _underWay, pipeline.MinPartSize);
        }
        catch (RefusalException refusal)
        {
            Settle(pending, refusal);
            return;
        }
        catch (Exception fault)
        {
            // What it may have to do with comes first.
            await _underWay.All;
            await FailAsync(tenant, pending, fault);
            return;
        }

        _late = _late.And(late);
        foreach (var part in parts)
        {
            _underWay.Add(part, Begin(reading.Part(part.Pending)));
        }
    }

    private Task Begin(MicroBatchReading part)
    {
        Task Serve() => ServeAsync(part.Tenant, part.Pending, () => pipeline.ProcessAsync(part, CancellationToken.None));
        var served = pipeline.CommitsAtATime == 1 ? Serve() : Task.Run(Serve);
        served.ContinueWith(_ => queue.Wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return served;
    }

    private async Task ServeAsync(TenantId tenant, IReadOnlyList<PendingInteraction> pending, Func<Task> process)
    {
        try
        {
            await process();
            Settle(pending, fault: null);
        }
        catch (Exception fault)
        {
            await FailAsync(tenant, pending, fault);
        }
    }

    /// <summary>A fault of the store fails them all; any other fault is found by halving, so that one bad interaction fails only its own call.</summary>
    private async Task FailAsync(TenantId tenant, IReadOnlyList<PendingInteraction> pending, Exception fault)
    {
        List<PendingCall> calls = [.. pending.Select(item => item.Call!).Distinct()];
        if (fault is RefusalException || calls.Count == 1)
        {
            Settle(pending, fault);
            return;
        }

        foreach (var half in calls.Chunk((calls.Count + 1) / 2))
        {
            List<PendingInteraction> again = [.. pending.Where(item => half.Contains(item.Call))];
            await ServeAsync(tenant, again, () => pipeline.ProcessAsync(tenant, again, CancellationToken.None));
        }
    }

    private void Settle(IReadOnlyList<PendingInteraction> pending, Exception? fault)
    {
        foreach (var (call, count) in pending.CountBy(item => item.Call!))
        {
            if (call.Settle(count, fault))
            {
                queue.Leave(call);
                call.Answer();
            }
        }
    }
}
