namespace Tracker.Core.Consents.Proof;

public sealed record CheckboxDetails
{
    /// <summary>SHA-256 of the words beside the box.</summary>
    public string LabelSha256 { get; init; } = "";

    public DateTimeOffset? CheckedAt { get; init; }
}
