using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>A decision of a person as a caller sent it.</summary>
public sealed record ConsentDraft
{
    public string RequestId { get; init; } = "";

    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    public Purpose Purpose { get; init; }

    public IReadOnlyList<ContactChannel> ContactChannels { get; init; } = [];

    public ConsentState State { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string NoticeId { get; init; } = "";

    public string NoticeVersion { get; init; } = "";

    public DateTimeOffset? NoticeShownAt { get; init; }

    public EvidenceDraft? Evidence { get; init; }

    /// <summary>What the door could not even convert.</summary>
    public IReadOnlyList<Violation> Violations { get; init; } = [];
}
