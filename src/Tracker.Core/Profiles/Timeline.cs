using Tracker.Core.Model;

namespace Tracker.Core.Profiles;

/// <param name="Items">Newest first.</param>
/// <param name="NextPageToken">Empty at the end.</param>
public sealed record Timeline(IReadOnlyList<TimelineItem> Items, string NextPageToken)
{
    /// <summary>Whose, and as of which of their decisions, merges and restrictions: pages of one and the same are of one state.</summary>
    public required (ProfileId Person, long DecisionEpoch) Of { get; init; }
}
