using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>Step 1: lets calls in while there is room, and refuses them at once when there is none.</summary>
public sealed class IngestionQueue(IOptions<IngestionOptions> options)
{
    // Bounded by the count and bytes of interactions below; the channel's own bound would count calls.
    private readonly Channel<PendingCall> _calls = System.Threading.Channels.Channel.CreateUnbounded<PendingCall>(new() { SingleReader = true });
    private int _waiting;
    private long _waitingBytes;

    public int Waiting => Volatile.Read(ref _waiting);

    /// <exception cref="RefusalException">The queue is full, or the server is stopping.</exception>
    public void Enter(PendingCall call)
    {
        var waiting = Interlocked.Add(ref _waiting, call.Interactions.Count);
        var bytes = Interlocked.Add(ref _waitingBytes, call.Bytes);
        var isFull = waiting > options.Value.MaxWaiting || bytes > options.Value.MaxWaitingBytes;
        var isAlone = waiting == call.Interactions.Count;
        if (isFull && !isAlone)
        {
            Leave(call);
            throw RefusalException.Overloaded(options.Value.RetryDelay);
        }

        if (!_calls.Writer.TryWrite(call))
        {
            Leave(call);
            throw RefusalException.ShuttingDown();
        }
    }

    /// <summary>From now on every call is refused; those inside are still served.</summary>
    public void Close() => _calls.Writer.TryComplete();

    /// <returns>The calls of the next micro-batch, at least one; null when the queue is closed and empty.</returns>
    public async ValueTask<IReadOnlyList<PendingCall>?> TakeAsync(CancellationToken cancellation)
    {
        if (!await _calls.Reader.WaitToReadAsync(cancellation))
        {
            return null;
        }

        List<PendingCall> taken = [];
        var (count, bytes) = (0, 0L);
        while (count < options.Value.MaxMicroBatch && bytes < options.Value.MaxMicroBatchBytes && _calls.Reader.TryRead(out var call))
        {
            taken.Add(call);
            (count, bytes) = (count + call.Interactions.Count, bytes + call.Bytes);
        }

        return taken;
    }

    /// <summary>Before it is answered: whoever has its answer finds the room free.</summary>
    public void Leave(PendingCall call)
    {
        Interlocked.Add(ref _waiting, -call.Interactions.Count);
        Interlocked.Add(ref _waitingBytes, -call.Bytes);
    }
}
