namespace Tracker.Server.Hosting;

/// <summary>What a node remembers in its own memory.</summary>
public sealed class LocalCacheOptions
{
    /// <summary>Links of identifiers, and as many ledgers of about a kilobyte for each decision, 0 to a million; 0: every micro-batch reads the store.</summary>
    public int Entries { get; set; } = 50_000;

    /// <summary>How long something that nobody asks for is remembered at most, a second to a day; what has ended is hidden at once.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(10);
}
