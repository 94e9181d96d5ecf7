using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>A notice as a caller sent it.</summary>
public sealed record NoticeDraft
{
    public string Id { get; init; } = "";

    public string Version { get; init; } = "";

    public string Text { get; init; } = "";

    public string Language { get; init; } = "";

    public DateTimeOffset? EffectiveAt { get; init; }

    public NoticeMedium Medium { get; init; }

    public IReadOnlyList<Purpose> Purposes { get; init; } = [];

    public NoticeScope Scope { get; init; } = new();

    /// <summary>What the door could not even convert.</summary>
    public IReadOnlyList<Violation> Violations { get; init; } = [];
}
