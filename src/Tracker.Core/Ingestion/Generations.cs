namespace Tracker.Core.Ingestion;

/// <summary>
/// Remembers what was used lately: a young generation and an old one, of which a turn drops the old. What is asked for moves to the young, so
/// that nothing is dropped before it was not asked for since one turn. Of one caller at a time: it locks nothing.
/// </summary>
/// <param name="most">Of both generations together.</param>
internal sealed class Generations<TKey, TValue>(int most)
    where TKey : notnull
{
    private Dictionary<TKey, (TValue Value, DateTimeOffset Until)> _young = [];
    private Dictionary<TKey, (TValue Value, DateTimeOffset Until)> _old = [];

    public int Count => _young.Count + _old.Count;

    /// <returns>Default: not remembered, or it has ended.</returns>
    public TValue? Find(TKey key, DateTimeOffset now)
    {
        if (!_young.TryGetValue(key, out var found) && _old.Remove(key, out found) && found.Until > now)
        {
            Put(key, found.Value, found.Until);
        }

        return found.Until > now ? found.Value : default;
    }

    public void Put(TKey key, TValue value, DateTimeOffset until)
    {
        if (_young.Count >= most / 2)
        {
            Turn();
        }

        _old.Remove(key);
        _young[key] = (value, until);
    }

    /// <summary>What was not asked for since the turn before is gone.</summary>
    public void Turn() => (_old, _young) = (_young, []);
}
