namespace Tracker.Core.Model;

/// <summary>What is put up with from clocks that are not ours.</summary>
public static class SenderClock
{
    /// <summary>How far ahead of ours it may run (compliance E16).</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
}
