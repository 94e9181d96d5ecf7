using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>Step 1: lets calls in while there is room, and refuses them at once when there is none.</summary>
public sealed class IngestionQueue(IOptions<IngestionOptions> options)
{
    // Bounded by the count of interactions below; the channel's own bound would count calls.
    private readonly Channel<PendingCall> _calls = System.Threading.Channels.Channel.CreateUnbounded<PendingCall>(new() { SingleReader = true });
    private int _waiting;

    public int Waiting => Volatile.Read(ref _waiting);

    /// <exception cref="RefusalException">The queue is full, or the server is stopping.</exception>
    public void Enter(PendingCall call)
    {
        var count = call.Interactions.Count;
        if (Interlocked.Add(ref _waiting, count) > options.Value.MaxWaiting && count < Waiting)
        {
            Interlocked.Add(ref _waiting, -count);
            throw RefusalException.Overloaded(options.Value.RetryDelay);
        }

        if (!_calls.Writer.TryWrite(call))
        {
            Interlocked.Add(ref _waiting, -count);
            throw RefusalException.ShuttingDown();
        }
    }

    /// <summary>From now on every call is refused; those inside are still served.</summary>
    public void Close() => _calls.Writer.TryComplete();

    /// <returns>The calls of the next micro-batch, at least one; null when the queue is closed and empty.</returns>
    public async ValueTask<IReadOnlyList<PendingCall>?> TakeAsync(int maxInteractions, CancellationToken cancellation)
    {
        if (!await _calls.Reader.WaitToReadAsync(cancellation))
        {
            return null;
        }

        List<PendingCall> taken = [];
        for (var count = 0; count < maxInteractions && _calls.Reader.TryRead(out var call); count += call.Interactions.Count)
        {
            taken.Add(call);
        }

        return taken;
    }

    public void Leave(IReadOnlyList<PendingCall> calls) =>
        Interlocked.Add(ref _waiting, -calls.Sum(call => call.Interactions.Count));
}
