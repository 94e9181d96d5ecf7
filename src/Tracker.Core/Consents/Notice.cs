using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>One version of a privacy notice, kept byte for byte for as long as a consent refers to it.</summary>
public sealed record Notice
{
    public required TenantId Tenant { get; init; }

    public required string Id { get; init; }

    public required string Version { get; init; }

    public required string Text { get; init; }

    /// <summary>SHA-256 of the text in UTF-8, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    public required string Language { get; init; }

    public required DateTimeOffset EffectiveAt { get; init; }

    public required NoticeMedium Medium { get; init; }

    public required IReadOnlyList<Purpose> Purposes { get; init; }

    public NoticeScope Scope { get; init; } = new();

    public required DateTimeOffset RegisteredAt { get; init; }

    public required DateTimeOffset ExpireAt { get; init; }
}
