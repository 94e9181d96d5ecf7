using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>Whether a purpose is permitted for a person now.</summary>
public sealed record PermissionAnswer
{
    public required bool IsPermitted { get; init; }

    public LegalBasis Basis { get; init; }

    public IReadOnlyList<string> EvidenceIds { get; init; } = [];

    public Reason Reason { get; init; }

    public required Stage Stage { get; init; }

    public required long ConsentEpoch { get; init; }

    public required string PolicyVersion { get; init; }

    public required ReadOnlyMemory<byte> PolicySha256 { get; init; }
}
