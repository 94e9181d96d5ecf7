namespace Tracker.Core.Ingestion;

/// <summary>
/// Parts a micro-batch where nothing of one part has to do with anything of another. Within a part everything keeps its order.
/// What has to do with something under way is late, and in no part.
/// </summary>
internal sealed class IndependentParts
{
    // A message, a person with one identifier, an order.
    private const int SubjectsEach = 4;

    private readonly IReadOnlyList<PendingInteraction> _pending;
    private readonly int[] _joined;
    private readonly Dictionary<UInt128, int> _first;
    private readonly List<(int Place, Task Earlier)> _waiting = [];

    private IndependentParts(MicroBatchReading reading, UnderWay underWay)
    {
        _pending = reading.Pending;
        _joined = [.. Enumerable.Range(0, _pending.Count)];
        _first = new(_pending.Count * SubjectsEach);
        List<UInt128> subjects = [];
        for (var place = 0; place < _pending.Count; place++)
        {
            subjects.Clear();
            Subjects.Add(subjects, _pending[place].Interaction, reading.Known);
            foreach (var subject in subjects)
            {
                Join(subject, place);
                if (underWay.Find(subject) is { } earlier)
                {
                    _waiting.Add((place, earlier));
                }
            }
        }
    }

    /// <param name="least">Of how many interactions a part is worth its commit.</param>
    /// <returns>As many parts as pay off and may begin, and what must wait.</returns>
    public static (IReadOnlyList<IndependentPart> Parts, LateInteractions Late) Of(MicroBatchReading reading, UnderWay underWay, int least) =>
        // Where nothing else is read meanwhile nobody asks what it has to do with.
        underWay.Most == 1 ? ([new([.. reading.Pending], [])], LateInteractions.None) : new IndependentParts(reading, underWay).Part(underWay.Free, least);

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

    private (IReadOnlyList<IndependentPart> Parts, LateInteractions Late) Part(int most, int least)
    {
        var late = _waiting.Select(wait => RootOf(wait.Place)).ToHashSet();
        var inTime = _pending.Count - Enumerable.Range(0, _pending.Count).Count(place => late.Contains(RootOf(place)));
        IndependentPart[] parts = [.. Enumerable.Range(0, Math.Clamp(inTime / least, 1, most)).Select(_ => new IndependentPart([], []))];
        var waits = new IndependentPart([], []);
        var partOf = late.ToDictionary(root => root, _ => waits);
        for (var place = 0; place < _pending.Count; place++)
        {
            var root = RootOf(place);
            if (!partOf.TryGetValue(root, out var part))
            {
                partOf[root] = part = parts.MinBy(some => some.Pending.Count)!;
            }

            part.Pending.Add(_pending[place]);
        }

        foreach (var (subject, place) in _first)
        {
            partOf[RootOf(place)].Subjects.Add(subject);
        }

        return ([.. parts.Where(part => part.Pending.Count > 0)], new(waits.Pending, [.. _waiting.Select(wait => wait.Earlier).Distinct()]));
    }
}
