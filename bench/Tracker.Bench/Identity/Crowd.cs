namespace Tracker.Bench.Identity;

/// <summary>Who is in a micro-batch.</summary>
internal enum Crowd
{
    /// <summary>Anybody, each by one address.</summary>
    Anybody,

    /// <summary>The same, but for one interaction of the heavy person.</summary>
    WithHeavy,

    /// <summary>Anybody, each by one address and by the value that the policy blocks.</summary>
    WithBlocked,
}
