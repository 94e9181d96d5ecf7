using Tracker.Core.Model;

namespace Tracker.Core.Retention;

/// <summary>A hold as it is asked for.</summary>
public sealed record LegalHoldDraft
{
    /// <summary>1 to 40 characters; a number of a case, never a name.</summary>
    public string Id { get; init; } = "";

    public HoldKind Kind { get; init; }

    public IReadOnlyList<ProfileId> Profiles { get; init; } = [];

    public RetentionClasses Classes { get; init; }

    public string ApprovedBy { get; init; } = "";

    public DateTimeOffset? ReviewAt { get; init; }
}
