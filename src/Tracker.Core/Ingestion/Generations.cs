namespace Tracker.Core.Ingestion;

/// <summary>
/// Remembers what was used lately: a young generation and an old one, of which a turn drops the old. What is asked for moves to the young, so
/// that nothing is dropped before it was not asked for since one turn. Of one caller at a time: it locks nothing.
/// </summary>
/// <param name="capacity">Weight of both generations together, at least 2.</param>
internal sealed class Generations<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private Dictionary<TKey, Entry> _young = [];
    private Dictionary<TKey, Entry> _old = [];
    private int _weight;
    private int _oldWeight;

    public int Count => _young.Count + _old.Count;

    /// <summary>What was dropped of the old since the turn still counts.</summary>
    public int Weight => _weight + _oldWeight;

    /// <returns>Default: not remembered, or it has ended.</returns>
    public TValue? Find(TKey key, DateTimeOffset now)
    {
        if (!_young.TryGetValue(key, out var found) && _old.Remove(key, out found) && found.Until > now)
        {
            Put(key, found.Value, found.Until, found.Weight);
        }

        return found.Until > now ? found.Value : default;
    }

    public void Put(TKey key, TValue value, DateTimeOffset until, int weight = 1)
    {
        if (_weight + weight > capacity / 2)
        {
            Turn();
        }

        _old.Remove(key);
        _weight += weight - (_young.TryGetValue(key, out var known) ? known.Weight : 0);
        _young[key] = new(value, until, weight);
    }

    /// <summary>What was not asked for since the turn before is gone.</summary>
    public void Turn() => (_old, _young, _oldWeight, _weight) = (_young, [], _weight, 0);

    private readonly record struct Entry(TValue Value, DateTimeOffset Until, int Weight);
}
