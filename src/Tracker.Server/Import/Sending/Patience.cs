using Grpc.Core;

namespace Tracker.Server.Import.Sending;

/// <summary>Counts the time since the last progress and how long to pause before the next attempt.</summary>
internal sealed class Patience(TimeSpan limit, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private CancellationTokenSource? _attempt;
    private long _since = time.GetTimestamp();
    private int _attempts;

    public TimeSpan Limit => limit;

    // Timers go by a coarser clock: the attempt may end a moment before the time has passed.
    public bool IsOver => _attempt?.IsCancellationRequested == true || time.GetElapsedTime(_since) >= Limit;

    /// <returns>A token that ends the attempt once the server is silent for too long.</returns>
    public CancellationToken BeginAttempt()
    {
        _attempt?.Dispose();
        _attempt = new CancellationTokenSource(Limit, time);
        return _attempt.Token;
    }

    public void Restart()
    {
        _since = time.GetTimestamp();
        _attempts = 0;
        _attempt?.CancelAfter(Limit);
    }

    /// <summary>Nothing is expected of the server: waiting for the disk is not waiting for the server.</summary>
    public void Rest() => _attempt?.CancelAfter(Timeout.InfiniteTimeSpan);

    public TimeSpan NextPause(RpcException refusal)
    {
        var own = FirstPause * (1 << Math.Min(_attempts++, 16));
        return RetryAdvice.PauseOf(refusal) ?? (own < LongestPause ? own : LongestPause);
    }

    public void Dispose() => _attempt?.Dispose();
}
