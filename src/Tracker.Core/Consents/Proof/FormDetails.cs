namespace Tracker.Core.Consents.Proof;

public sealed record FormDetails
{
    public string FormId { get; init; } = "";

    public string FormVersion { get; init; } = "";

    /// <summary>SHA-256 of the form as it was rendered.</summary>
    public string SnapshotSha256 { get; init; } = "";

    public IReadOnlyList<ControlValue> Controls { get; init; } = [];

    public string SessionId { get; init; } = "";

    /// <summary>Masked before it is kept.</summary>
    public string IpAddress { get; init; } = "";
}
