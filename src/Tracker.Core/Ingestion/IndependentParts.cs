namespace Tracker.Core.Ingestion;

/// <summary>
/// Parts a micro-batch where nothing of one part has to do with anything of another. Within a part everything keeps its order.
/// What has to do with something under way is late, and in no part.
/// </summary>
internal sealed class IndependentParts
{
    /// <summary>Each part asks the store the same questions, whatever its size.</summary>
    public const int Least = 100;

    private readonly IReadOnlyList<PendingInteraction> _pending;
    private readonly int[] _joined;
    private readonly Dictionary<UInt128, int> _first = [];
    private readonly List<(int Place, Task Earlier)> _waiting = [];

    private IndependentParts(MicroBatchReading reading, UnderWay underWay)
    {
        _pending = reading.Pending;
        _joined = [.. Enumerable.Range(0, _pending.Count)];
        for (var place = 0; place < _pending.Count; place++)
        {
            foreach (var subject in Subjects.Of(_pending[place].Interaction, reading.Known))
            {
                Join(subject, place);
                if (underWay.Find(subject) is { } earlier)
                {
                    _waiting.Add((place, earlier));
                }
            }
        }
    }

    /// <param name="most">As many parts as pay off at a time.</param>
    public static (IReadOnlyList<IReadOnlyList<PendingInteraction>> Parts, LateInteractions Late) Of(MicroBatchReading reading, UnderWay underWay, int most)
    {
        var count = Math.Clamp(reading.Pending.Count / Least, 1, most);
        return count == 1 && underWay.IsEmpty
            ? ([reading.Pending], LateInteractions.None)
            : new IndependentParts(reading, underWay).Part(count);
    }

    private void Join(UInt128 subject, int place)
    {
        if (!_first.TryAdd(subject, place))
        {
            _joined[RootOf(place)] = RootOf(_first[subject]);
        }
    }

    private int RootOf(int place)
    {
        while (_joined[place] != place)
        {
            place = _joined[place] = _joined[_joined[place]];
        }

        return place;
    }

    private (IReadOnlyList<IReadOnlyList<PendingInteraction>> Parts, LateInteractions Late) Part(int count)
    {
        List<PendingInteraction> late = [];
        List<PendingInteraction>[] parts = [.. Enumerable.Range(0, count).Select(_ => new List<PendingInteraction>())];
        var partOf = _waiting.Select(wait => RootOf(wait.Place)).Distinct().ToDictionary(root => root, _ => late);
        for (var place = 0; place < _pending.Count; place++)
        {
            var root = RootOf(place);
            if (!partOf.TryGetValue(root, out var part))
            {
                partOf[root] = part = parts.MinBy(some => some.Count)!;
            }

            part.Add(_pending[place]);
        }

        return ([.. parts.Where(part => part.Count > 0)], new(late, [.. _waiting.Select(wait => wait.Earlier).Distinct()]));
    }
}
