using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>An objection (GDPR Art. 21) as a caller sent it.</summary>
public sealed record ObjectionDraft
{
    public string RequestId { get; init; } = "";

    public ProfileReference? Profile { get; init; }

    public Purpose Purpose { get; init; }

    /// <summary>Marketing only; empty: all media.</summary>
    public IReadOnlyList<ContactChannel> ContactChannels { get; init; } = [];

    public DateTimeOffset? ObjectedAt { get; init; }

    /// <summary>The sender's clock when it sent the request; shows by how much it is wrong.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>What the door could not even convert.</summary>
    public IReadOnlyList<Violation> Violations { get; init; } = [];
}
