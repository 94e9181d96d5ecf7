namespace Tracker.Core.Consents;

/// <summary>Proof of a decision (GDPR Art. 7(1)); hashes and system names only, no value of the person.</summary>
/// <param name="Sha256">SHA-256 of what was captured, 64 lower-case hexadecimal digits.</param>
public sealed record Evidence(EvidenceKind Kind, string Sha256, DateTimeOffset CapturedAt, string CapturedBy)
{
    /// <summary>SHA-256 of the text the person saw or heard: that of the notice, or of the words that asked.</summary>
    public string TextShownSha256 { get; init; } = "";

    /// <summary>The box, question or signature that expressed exactly this purpose; empty where the kind has none.</summary>
    public string ControlId { get; init; } = "";

    public ConsentAct Act { get; init; }
}
