namespace Tracker.Core.Consents.Proof;

public sealed record PartnerFeedDetails
{
    public string UpstreamController { get; init; } = "";

    /// <summary>SHA-256 of the proof that the partner handed over.</summary>
    public string UpstreamEvidenceSha256 { get; init; } = "";

    public string ContractId { get; init; } = "";
}
