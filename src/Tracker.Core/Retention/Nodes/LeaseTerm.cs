namespace Tracker.Core.Retention.Nodes;

/// <summary>A lease for as long as this process may rely on it, which it measures by itself.</summary>
internal sealed class LeaseTerm(Fence fence, TimeSpan duration, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _over = new(duration, time);

    public Fence Fence { get; } = fence;

    public CancellationToken Over => _over.Token;

    public void Extend(TimeSpan duration) => _over.CancelAfter(duration);

    public void End() => _over.Cancel();

    public void Dispose() => _over.Dispose();
}
