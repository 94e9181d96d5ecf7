namespace Tracker.Core.Consents;

/// <summary>Proof of a decision (GDPR Art. 7(1)); hashes and system names only, no value of the person.</summary>
/// <param name="Sha256">SHA-256 of what was captured, 64 lower-case hexadecimal digits.</param>
public sealed record Evidence(EvidenceKind Kind, string Sha256, DateTimeOffset CapturedAt, string CapturedBy);
