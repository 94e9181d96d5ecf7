namespace Tracker.Core.Model;

/// <summary>
/// How to reach a person, for the purposes whose clock slides with the last interaction: one document per profile, its
/// values sealed. Interaction detail has fixed caps and stays in the records.
/// </summary>
public sealed record ContactDocument
{
    public required TenantId Tenant { get; init; }

    public required ProfileId Profile { get; init; }

    /// <summary>Raised by one with each write; a write that does not follow the stored version is stale.</summary>
    public required long Version { get; init; }

    public required RecordDecision Decision { get; init; }

    /// <summary>What it may be used for; never empty.</summary>
    public required IReadOnlyList<Grant> Grants { get; init; }

    /// <summary>UTC day of the last act of the person that counts; moves at most once a day.</summary>
    public required DateTimeOffset LastInteractionAt { get; init; }

    public required DateTimeOffset? ExpireAt { get; init; }

    public IReadOnlyList<string> Holds { get; init; } = [];

    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <returns>Whether this is the version after the stored one.</returns>
    public bool Follows(ContactDocument? stored) => Version == (stored?.Version ?? 0) + 1;
}
