using Tracker.Core.Model;

namespace Tracker.Core.Profiles;

public sealed record TimelineQuery
{
    public required ProfileReference Profile { get; init; }

    public required Purpose Purpose { get; init; }

    /// <summary>0: 50. Clamped to 500; negative is refused.</summary>
    public int PageSize { get; init; }

    public string PageToken { get; init; } = "";

    public IReadOnlyList<Channel> Channels { get; init; } = [];

    public IReadOnlyList<string> Types { get; init; } = [];

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>What the door could not even convert.</summary>
    public IReadOnlyList<Violation> Violations { get; init; } = [];
}
