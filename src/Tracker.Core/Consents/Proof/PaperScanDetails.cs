namespace Tracker.Core.Consents.Proof;

public sealed record PaperScanDetails
{
    public string ScanSha256 { get; init; } = "";

    public string FormVersion { get; init; } = "";

    public bool IsSigned { get; init; }

    public DateTimeOffset? SignedAt { get; init; }

    public string StoreId { get; init; } = "";

    public string ScannedBy { get; init; } = "";

    /// <summary>Where the paper itself is kept.</summary>
    public string OriginalLocation { get; init; } = "";
}
