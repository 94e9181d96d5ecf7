namespace Tracker.Core.Profiles;

/// <param name="NextPageToken">Empty at the end.</param>
public sealed record Timeline(IReadOnlyList<TimelineItem> Items, string NextPageToken);
