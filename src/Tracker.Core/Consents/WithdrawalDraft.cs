using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>A withdrawal as a caller sent it.</summary>
public sealed record WithdrawalDraft
{
    public string RequestId { get; init; } = "";

    public ProfileReference? Profile { get; init; }

    public Purpose Purpose { get; init; }

    /// <summary>Empty: all.</summary>
    public IReadOnlyList<ContactChannel> ContactChannels { get; init; } = [];

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>What the door could not even convert.</summary>
    public IReadOnlyList<Violation> Violations { get; init; } = [];
}
