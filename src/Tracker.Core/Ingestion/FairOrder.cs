using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>
/// Calls that wait, and whose turn it is: of all sources with something waiting the one that was served least, counted in interactions
/// (start-time fair queueing, Goyal et al. 1996). A source that was silent has saved nothing up, and one that was served keeps what it
/// had until nothing waits any more. Within a source the order stays.
/// Of one caller at a time: it locks nothing.
/// </summary>
internal sealed class FairOrder
{
    private readonly Dictionary<(TenantId, SourceId), Waiting> _sources = [];
    private readonly PriorityQueue<(TenantId, SourceId), long> _turns = new();
    private long _clock;
    private long _arrived;

    public int Count { get; private set; }

    public void Add(PendingCall call)
    {
        if (!_sources.TryGetValue(call.Source, out var waiting))
        {
            _sources.Add(call.Source, waiting = new());
        }

        if (waiting.Calls.Count == 0)
        {
            waiting.Turn = Math.Max(waiting.Turn, _clock);
            _turns.Enqueue(call.Source, waiting.Turn);
        }

        waiting.Calls.Enqueue((call, _arrived++));
        Count += call.Interactions.Count;
    }

    /// <param name="hasRoom">Whether another call is taken, by what was taken so far.</param>
    /// <returns>Whose turn it is, in the order they came.</returns>
    public IReadOnlyList<PendingCall> Take(Func<PendingCall?, bool> hasRoom)
    {
        List<(PendingCall Call, long Arrived)> taken = [];
        for (PendingCall? last = null; hasRoom(last) && _turns.TryDequeue(out var source, out var turn);)
        {
            var waiting = _sources[source];
            var next = waiting.Calls.Dequeue();
            last = next.Call;
            taken.Add(next);
            Count -= last.Interactions.Count;
            _clock = turn;
            waiting.Turn = turn + last.Interactions.Count;
            if (waiting.Calls.Count > 0)
            {
                _turns.Enqueue(source, waiting.Turn);
            }
        }

        if (Count == 0)
        {
            _sources.Clear();
            _clock = 0;
        }

        return [.. taken.OrderBy(call => call.Arrived).Select(call => call.Call)];
    }

    private sealed class Waiting
    {
        public Queue<(PendingCall Call, long Arrived)> Calls { get; } = new();

        public long Turn { get; set; }
    }
}
