using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>A look into the public register of objections (art. 130(3-bis) Codice Privacy) as a caller sent it.</summary>
public sealed record RegisterCheckDraft
{
    public string RequestId { get; init; } = "";

    public ProfileReference? Profile { get; init; }

    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>Null: the number is not on the list.</summary>
    public DateTimeOffset? ListedSince { get; init; }

    /// <summary>What the door could not even convert.</summary>
    public IReadOnlyList<Violation> Violations { get; init; } = [];
}
