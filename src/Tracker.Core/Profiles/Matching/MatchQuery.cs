using Tracker.Core.Model;

namespace Tracker.Core.Profiles.Matching;

/// <summary>Which matches are to be suggested.</summary>
public sealed record MatchQuery
{
    /// <summary>What the details that are compared are read for.</summary>
    public required Purpose Purpose { get; init; }

    /// <summary>From 0 to 1; 0: the default.</summary>
    public double MinScore { get; init; }

    /// <summary>0: the default.</summary>
    public int MaxSuggestions { get; init; }

    /// <summary>0: the default.</summary>
    public int MaxProfiles { get; init; }

    /// <summary>What the door could not even convert.</summary>
    public IReadOnlyList<Violation> Violations { get; init; } = [];
}
