namespace Tracker.Core.Consents.Proof;

public sealed record CmpSignalDetails
{
    public string CmpId { get; init; } = "";

    /// <summary>The string of the consent management platform.</summary>
    public string Signal { get; init; } = "";

    public string VendorListVersion { get; init; } = "";

    public string BannerVersion { get; init; } = "";
}
