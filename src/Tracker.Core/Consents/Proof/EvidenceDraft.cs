namespace Tracker.Core.Consents.Proof;

/// <summary>Proof as a caller sent it.</summary>
public sealed record EvidenceDraft
{
    public EvidenceKind Kind { get; init; }

    public string Sha256 { get; init; } = "";

    public DateTimeOffset? CapturedAt { get; init; }

    public string CapturedBy { get; init; } = "";

    public string TextShownSha256 { get; init; } = "";

    public string ControlId { get; init; } = "";

    public ConsentAct Act { get; init; }

    public bool? DefaultChecked { get; init; }

    public IReadOnlyList<string> BundledWith { get; init; } = [];

    public EvidenceDetails Details { get; init; } = new();
}
