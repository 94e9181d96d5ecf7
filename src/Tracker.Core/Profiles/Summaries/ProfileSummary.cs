using Tracker.Core.Model;

namespace Tracker.Core.Profiles.Summaries;

/// <summary>What a purpose may see of a person's interactions now, in numbers.</summary>
public sealed record ProfileSummary
{
    public required ProfileId Id { get; init; }

    /// <summary>How many interactions it is made of.</summary>
    public required int Count { get; init; }

    /// <summary>There are older ones, which were not read.</summary>
    public required bool IsCutOff { get; init; }

    public IReadOnlyList<ChannelUse> Channels { get; init; } = [];

    /// <summary>By currency.</summary>
    public IReadOnlyList<PurchaseTotals> Purchases { get; init; } = [];

    /// <summary>What was bought or looked at, most often first; of profiling purposes only.</summary>
    public IReadOnlyList<ObservedPreference> Preferences { get; init; } = [];
}
