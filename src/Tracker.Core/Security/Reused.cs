namespace Tracker.Core.Security;

/// <summary>Something that is dear to set up and serves one at a time. The one that was given back last is kept; under two at once a second is made, and goes.</summary>
internal sealed class Reused<T>(Func<T> make)
    where T : class, IDisposable
{
    private T? _idle;

    public T Take() => Interlocked.Exchange(ref _idle, null) ?? make();

    /// <summary>Only what is as good as new; after a fault it is not given back.</summary>
    public void GiveBack(T one) => Interlocked.Exchange(ref _idle, one)?.Dispose();
}
