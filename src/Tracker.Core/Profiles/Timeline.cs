using Tracker.Core.Model;

namespace Tracker.Core.Profiles;

/// <param name="Items">Newest first.</param>
/// <param name="NextPageToken">Empty at the end.</param>
public sealed record Timeline(IReadOnlyList<TimelineItem> Items, string NextPageToken)
{
    /// <summary>Whose, and as of how many decisions, merges and restrictions of all that is read with them: pages of one and the same are of one state.</summary>
    public required (ProfileId Person, long Decisions) Of { get; init; }
}
