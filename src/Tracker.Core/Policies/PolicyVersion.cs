using System.Security.Cryptography;
using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>A policy document as it was in force.</summary>
/// <param name="Version">"profile@version".</param>
/// <param name="Sha256">Of <paramref name="Document"/>, 32 bytes.</param>
/// <param name="Document">The JSON, byte for byte.</param>
/// <param name="ExpireAt">A month after the outer cap, counted from the last day under it: no record decided by it lives longer.</param>
public sealed record PolicyVersion(
    TenantId Tenant,
    string Version,
    ReadOnlyMemory<byte> Sha256,
    ReadOnlyMemory<byte> Document,
    DateTimeOffset FirstUsedAt,
    DateTimeOffset ExpireAt)
{
    private const int MaxResumptions = 50;

    /// <summary>When it came into force again after another one, oldest first; the last 50 times. What another decided in between is not what this one decides after it.</summary>
    public IReadOnlyList<DateTimeOffset> ResumedAt { get; init; } = [];

    /// <summary>When it came into force, oldest first.</summary>
    public IEnumerable<DateTimeOffset> Begins => ResumedAt.Prepend(FirstUsedAt);

    /// <summary>Under the same hash is the same document: its end moves, and only later, and its resumptions are gathered.</summary>
    public PolicyVersion Merge(PolicyVersion other) => this with
    {
        ExpireAt = ExpiryStamps.Later(ExpireAt, other.ExpireAt),
        ResumedAt = [.. ResumedAt.Union(other.ResumedAt).Order().TakeLast(MaxResumptions)],
    };

    public static void CheckName(ReadOnlyMemory<byte> sha256)
    {
        if (sha256.Length != SHA256.HashSizeInBytes)
        {
            throw new InvalidOperationException("A policy document is named by its SHA-256, which has 32 bytes.");
        }
    }
}
