namespace Tracker.Core.Consents.Proof;

public sealed record DoubleOptInDetails
{
    /// <summary>The entry that asked, where we asked; empty: a source did.</summary>
    public string RequestConsentId { get; init; } = "";

    public EvidenceKind RequestKind { get; init; }

    public string RequestSha256 { get; init; } = "";

    public DateTimeOffset? RequestedAt { get; init; }

    public string TokenSha256 { get; init; } = "";

    public DateTimeOffset? SentAt { get; init; }

    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>Masked before it is kept.</summary>
    public string ConfirmIpAddress { get; init; } = "";

    public string ConfirmUserAgent { get; init; } = "";

    public string AddressHash { get; init; } = "";
}
