namespace Tracker.Core.Policies;

/// <summary>From when until when something counts, as far as it is known.</summary>
/// <param name="Until">Exclusive; null: no end is known.</param>
public sealed record Validity(DateTimeOffset? From, DateTimeOffset? Until)
{
    /// <summary>Of one whose beginning is not known, no instant can be said to be in it.</summary>
    public bool Covers(DateTimeOffset instant) => From <= instant && (Until is null || instant < Until);
}
