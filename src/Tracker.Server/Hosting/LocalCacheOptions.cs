namespace Tracker.Server.Hosting;

/// <summary>What a node remembers in its own memory.</summary>
public sealed class LocalCacheOptions
{
    /// <summary>Links of identifiers, and as many decisions in ledgers, of about a kilobyte each, 0 or 100 to a million; 0: every micro-batch reads the store.</summary>
    public int Entries { get; set; } = 50_000;

    /// <summary>How long anything is used at most, however often it is asked for, a second to a day; what has ended is hidden at once.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(10);
}
