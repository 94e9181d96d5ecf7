namespace Tracker.Server.Tests.Import.Synthetic;

/// <summary>A generator whose sequence no runtime may change, because a file in the repository depends on it.</summary>
internal sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <returns>A number from 0 to below the bound.</returns>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public int Between(int least, int most) => least + Below(most - least + 1);

    public bool Chance(int percent) => Below(100) < percent;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
