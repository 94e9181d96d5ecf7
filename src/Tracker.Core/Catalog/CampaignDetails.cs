using Tracker.Core.Model;

namespace Tracker.Core.Catalog;

public sealed record CampaignDetails
{
    /// <summary>Where it is meant to bring people; Unspecified: anywhere.</summary>
    public Channel Channel { get; init; }

    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>The first instant after it.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    public Money? Cost { get; init; }

    /// <summary>The media by which it contacts people; empty: none, or not stated.</summary>
    public IReadOnlyList<ContactChannel> ContactChannels { get; init; } = [];
}
