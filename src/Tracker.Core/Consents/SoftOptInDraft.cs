using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>An e-mail address given in a sale (art. 130(4) Codice Privacy) as a caller sent it.</summary>
public sealed record SoftOptInDraft
{
    public string RequestId { get; init; } = "";

    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    /// <summary>Null: not stated.</summary>
    public SoftOptInTerms? Terms { get; init; }

    /// <summary>What the person was told then.</summary>
    public string NoticeId { get; init; } = "";

    public string NoticeVersion { get; init; } = "";

    public DateTimeOffset? NoticeShownAt { get; init; }

    public DateTimeOffset? GivenAt { get; init; }

    /// <summary>The sender's clock when it sent the request; shows by how much it is wrong.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>What the door could not even convert.</summary>
    public IReadOnlyList<Violation> Violations { get; init; } = [];
}
