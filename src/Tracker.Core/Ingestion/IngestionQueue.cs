using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>
/// Step 1: lets calls in while there is room, and refuses them at once when there is none. A source that floods leaves room for others:
/// it may have inside at most some times what is free (dynamic thresholds, Choudhury and Hahne 1998). A sender who can be made to wait does so outside.
/// </summary>
public sealed class IngestionQueue(IOptions<IngestionOptions> options, TimeProvider time)
{
    // One that floods has four fifths at most, two have four ninths each, and there is always room for a third.
    private const int TimesWhatIsFree = 4;

    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly Pace? _pace = options.Value.MaxPerSecond is { } most ? new Pace(most, time, Turn) : null;
    private readonly FairOrder _calls = new();
    private readonly Dictionary<(TenantId, SourceId), Room> _insideBySource = [];
    private readonly WaitingRoom _outside = new();
    private readonly DrainRate _drained = new(time);
    private readonly Channel<bool> _changed = System.Threading.Channels.Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Room _inside;

    /// <summary>Interactions inside: let in, and not answered yet.</summary>
    public int Waiting => Within(() => _inside.Interactions);

    /// <summary>Those of them that have not been taken yet.</summary>
    public int Untaken => Within(() => _calls.Count);

    /// <summary>It is closed, and all that was let in has been taken.</summary>
    public bool IsOver => Within(() => _closed.Task.IsCompleted && _calls.Count == 0);

    /// <summary>Completes when the server stops.</summary>
    public Task Closed => _closed.Task;

    private Room Limit => new(Math.Min(options.Value.MaxWaiting, MostPerSecond), options.Value.MaxWaitingBytes);

    private int MostPerSecond => options.Value.MaxPerSecond ?? int.MaxValue;

    /// <summary>With a cap on the server as many as it takes in one turn, so that what waits is not taken in leaps.</summary>
    private Room MicroBatch => new(Math.Min(options.Value.MaxMicroBatch, (int)Math.Max(1, MostPerSecond * Turn.TotalSeconds)), options.Value.MaxMicroBatchBytes);

    /// <summary>What is inside of what may be, from 0 to 1, by interactions or by bytes, whichever is more.</summary>
    public double Used => Within(() => Math.Min(1, Math.Max(_inside.Interactions / (double)Limit.Interactions, _inside.Bytes / (double)Limit.Bytes)));

    /// <exception cref="RefusalException">There is no room, and when there will be; or the server is stopping.</exception>
    public void Enter(PendingCall call)
    {
        lock (_gate)
        {
            RefuseIfClosed();
            if (_outside.HasLine(call.Source) || !TryEnter(call))
            {
                throw RefusalException.Overloaded(RetryDelay());
            }
        }

        Wake();
    }

    /// <summary>For a call that may wait outside: its sender is not read on meanwhile. Those of one source enter in the order they came.</summary>
    /// <exception cref="RefusalException">The server is stopping.</exception>
    /// <exception cref="OperationCanceledException">It has given up, and has not entered.</exception>
    public async Task EnterWhenFreeAsync(PendingCall call, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        WaitingCall waiting;
        lock (_gate)
        {
            RefuseIfClosed();
            waiting = _outside.Add(call);
            LetIn();
        }

        using var gaveUp = cancellation.Register(() => GiveUp(waiting, cancellation));
        await waiting.Entered;
    }

    /// <summary>From now on every call is refused; those inside are still served.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed.TrySetResult();
            _outside.RefuseAll(RefusalException.ShuttingDown);
        }

        Wake();
    }

    /// <summary>Something has happened that whoever serves the queue may wait for.</summary>
    public void Wake() => _changed.Writer.TryWrite(true);

    /// <summary>Until a call has entered, the queue was closed, or somebody woke it, since it was waited for last.</summary>
    public async ValueTask ChangedAsync() => await _changed.Reader.ReadAsync(CancellationToken.None);

    /// <summary>Until the cap on the server lets the next be taken; at once without one, or where the server is stopping.</summary>
    public async ValueTask PacedAsync()
    {
        while (!_closed.Task.IsCompleted && _pace?.TryPass(0, out var wait) == false)
        {
            await Task.WhenAny(Task.Delay(wait, time), _closed.Task);
        }
    }

    /// <param name="besides">What the micro-batch has already.</param>
    /// <returns>The interactions of the calls that it has room for: each source in its turn, and those in the order they came.</returns>
    public IReadOnlyList<PendingInteraction> Take(IReadOnlyList<PendingInteraction> besides)
    {
        var most = MicroBatch;
        var taken = new Room(besides.Count, besides.Select(item => item.Call!).Distinct().Sum(call => call.Bytes));
        bool HasRoom(PendingCall? last)
        {
            taken = last is null ? taken : taken + Room.Of(last);
            return taken.Interactions < most.Interactions && taken.Bytes < most.Bytes;
        }

        lock (_gate)
        {
            // Those besides are paid for; no more is taken before its time.
            if (besides.Count > 0 && _pace?.TryPass(0, out _) == false)
            {
                return [];
            }

            PendingInteraction[] interactions = [.. _calls.Take(HasRoom).SelectMany(call => call.Interactions)];
            _pace?.Spend(interactions.Length);
            return interactions;
        }
    }

    /// <summary>Before it is answered: whoever has its answer finds the room free.</summary>
    public void Leave(PendingCall call)
    {
        lock (_gate)
        {
            Count(call.Source, default(Room) - Room.Of(call));
            _drained.Count(call.Interactions.Count);
            LetIn();
        }
    }

    private void RefuseIfClosed()
    {
        if (_closed.Task.IsCompleted)
        {
            throw RefusalException.ShuttingDown();
        }
    }

    private bool TryEnter(PendingCall call)
    {
        if (!HasRoom(call))
        {
            return false;
        }

        if (_insideBySource.Count == 0)
        {
            _drained.Begin();
        }

        Count(call.Source, Room.Of(call));
        _calls.Add(call);
        return true;
    }

    private void LetIn()
    {
        if (_outside.LetIn(TryEnter))
        {
            Wake();
        }
    }

    private void GiveUp(WaitingCall waiting, CancellationToken cancellation)
    {
        lock (_gate)
        {
            _outside.GiveUp(waiting, cancellation);
            LetIn();
        }
    }

    /// <summary>As long as what is inside will take, by what was answered lately.</summary>
    private TimeSpan RetryDelay()
    {
        var (least, most) = (options.Value.RetryDelay, options.Value.MaxRetryDelay);
        var delay = _drained.TimeOf(_inside.Interactions) ?? least;
        return delay < least ? least : delay > most ? most : delay;
    }

    /// <summary>Who has nothing inside is let in whatever the others do, or a large call would wait for ever behind small ones: beyond the limit by a call of each source at most.</summary>
    private bool HasRoom(PendingCall call)
    {
        var free = Limit - _inside - Room.Of(call);
        return !_insideBySource.ContainsKey(call.Source)
            || (default(Room).FitsInto(free) && _insideBySource.GetValueOrDefault(call.Source).FitsInto(free * TimesWhatIsFree));
    }

    private void Count((TenantId, SourceId) source, Room change)
    {
        _inside += change;
        var left = _insideBySource.GetValueOrDefault(source) + change;
        if (left.Interactions == 0)
        {
            _insideBySource.Remove(source);
        }
        else
        {
            _insideBySource[source] = left;
        }
    }

    private T Within<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}
