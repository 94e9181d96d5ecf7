using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>Calls outside the queue, in a line for each source: one that finds no room holds up its own source and no other. Of one caller at a time: it locks nothing.</summary>
internal sealed class WaitingRoom
{
    private readonly Dictionary<(TenantId, SourceId), LinkedList<WaitingCall>> _lines = [];

    public bool HasLine((TenantId, SourceId) source) => _lines.ContainsKey(source);

    public WaitingCall Add(PendingCall call)
    {
        var waiting = new WaitingCall(call);
        if (!_lines.TryGetValue(call.Source, out var line))
        {
            _lines.Add(call.Source, line = []);
        }

        line.AddLast(waiting);
        return waiting;
    }

    /// <summary>Of each line the first, as long as any of them enters.</summary>
    /// <returns>Whether any has.</returns>
    public bool LetIn(Func<PendingCall, bool> tryEnter)
    {
        var (hasAny, enters) = (false, _lines.Count > 0);
        while (enters)
        {
            enters = false;
            foreach (var line in _lines.Values.ToArray())
            {
                if (line.First is { } first && tryEnter(first.Value.Call))
                {
                    first.Value.Enter();
                    Remove(first.Value);
                    enters = hasAny = true;
                }
            }
        }

        return hasAny;
    }

    public void GiveUp(WaitingCall waiting, CancellationToken cancellation)
    {
        waiting.GiveUp(cancellation);
        Remove(waiting);
    }

    public void RefuseAll(Func<Exception> refusal)
    {
        foreach (var waiting in _lines.Values.SelectMany(line => line))
        {
            waiting.Refuse(refusal());
        }

        _lines.Clear();
    }

    private void Remove(WaitingCall waiting)
    {
        if (_lines.TryGetValue(waiting.Call.Source, out var line) && line.Remove(waiting) && line.Count == 0)
        {
            _lines.Remove(waiting.Call.Source);
        }
    }
}
