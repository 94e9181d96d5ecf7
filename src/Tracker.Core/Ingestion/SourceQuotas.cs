using System.Collections.Concurrent;
using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Core.Ingestion;

/// <summary>What a source may send each second, where its operator has set a limit; all its keys share it, and each node counts for itself.</summary>
public sealed class SourceQuotas(TimeProvider time)
{
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(1);

    // One for each source that is configured with a limit.
    private readonly ConcurrentDictionary<(TenantId, SourceId), Pace> _paces = [];

    /// <exception cref="RefusalException">It has sent more than it may.</exception>
    public void Take(Caller caller, int interactions)
    {
        if (!TryTake(caller, interactions, out var wait))
        {
            throw RefusalException.QuotaExceeded(caller.MaxPerSecond!.Value, wait);
        }
    }

    /// <summary>For a sender who can be made to wait.</summary>
    /// <param name="closed">Completes when the server stops.</param>
    /// <exception cref="RefusalException">The server is stopping.</exception>
    public async Task TakeInTimeAsync(Caller caller, int interactions, Task closed, CancellationToken cancellation)
    {
        while (!TryTake(caller, interactions, out var wait))
        {
            await Task.WhenAny(Task.Delay(wait, time, cancellation), closed);
            cancellation.ThrowIfCancellationRequested();
            if (closed.IsCompleted)
            {
                throw RefusalException.ShuttingDown();
            }
        }
    }

    /// <summary>What was refused for another reason was not sent.</summary>
    public void GiveBack(Caller caller, int interactions)
    {
        if (_paces.TryGetValue((caller.Tenant, caller.Source), out var pace))
        {
            pace.Spend(-interactions);
        }
    }

    private bool TryTake(Caller caller, int interactions, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        return caller.MaxPerSecond is not { } most || _paces.GetOrAdd((caller.Tenant, caller.Source), _ => new Pace(most, time, Burst)).TryPass(interactions, out wait);
    }
}
