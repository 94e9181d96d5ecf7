using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>Step 1: lets calls in while there is room, and refuses them at once when there is none.</summary>
public sealed class IngestionQueue(IOptions<IngestionOptions> options)
{
    // Bounded by the count and bytes of interactions below; the channel's own bound would count calls.
    private readonly Channel<PendingCall> _calls = System.Threading.Channels.Channel.CreateUnbounded<PendingCall>(new() { SingleReader = true });
    private readonly Channel<bool> _changed = System.Threading.Channels.Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    private int _waiting;
    private int _untaken;
    private long _waitingBytes;

    /// <summary>Interactions inside: let in, and not answered yet.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Those of them that have not been taken yet.</summary>
    public int Untaken => Volatile.Read(ref _untaken);

    /// <summary>It is closed, and all that was let in has been taken.</summary>
    public bool IsOver => _calls.Reader.Completion.IsCompleted;

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

        // Before it can be taken.
        Interlocked.Add(ref _untaken, call.Interactions.Count);
        if (!_calls.Writer.TryWrite(call))
        {
            Interlocked.Add(ref _untaken, -call.Interactions.Count);
            Leave(call);
            throw RefusalException.ShuttingDown();
        }

        Wake();
    }

    /// <summary>From now on every call is refused; those inside are still served.</summary>
    public void Close()
    {
        _calls.Writer.TryComplete();
        Wake();
    }

    /// <summary>Something has happened that whoever serves the queue may wait for.</summary>
    public void Wake() => _changed.Writer.TryWrite(true);

    /// <summary>Until a call has entered, the queue was closed, or somebody woke it, since it was waited for last.</summary>
    public async ValueTask ChangedAsync() => await _changed.Reader.ReadAsync(CancellationToken.None);

    /// <param name="besides">What the micro-batch has already.</param>
    /// <returns>The interactions of the calls that it has room for, in order.</returns>
    public IReadOnlyList<PendingInteraction> Take(IReadOnlyList<PendingInteraction> besides)
    {
        List<PendingInteraction> taken = [];
        var bytes = besides.Select(item => item.Call!).Distinct().Sum(call => call.Bytes);
        while (besides.Count + taken.Count < options.Value.MaxMicroBatch && bytes < options.Value.MaxMicroBatchBytes && _calls.Reader.TryRead(out var call))
        {
            taken.AddRange(call.Interactions);
            bytes += call.Bytes;
        }

        Interlocked.Add(ref _untaken, -taken.Count);
        return taken;
    }

    /// <summary>Before it is answered: whoever has its answer finds the room free.</summary>
    public void Leave(PendingCall call)
    {
        Interlocked.Add(ref _waiting, -call.Interactions.Count);
        Interlocked.Add(ref _waitingBytes, -call.Bytes);
    }
}
