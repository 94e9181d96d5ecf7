namespace Tracker.Core.Model;

/// <summary>
/// The one small document per profile that the gate reads. It lives as long as anything of the profile:
/// <see cref="ExpireAt"/> is the latest of all that is held under it.
/// </summary>
public sealed record Control
{
    public required TenantId Tenant { get; init; }

    public required ProfileId Profile { get; init; }

    /// <summary>Raised by every consent, withdrawal, objection, restriction, erasure, merge and unmerge.</summary>
    public long ConsentEpoch { get; init; }

    public Facts Facts { get; init; } = Facts.None;

    /// <summary>Every identifier that leads here, in the order linked.</summary>
    public IReadOnlyList<IdentifierHash> Identifiers { get; init; } = [];

    /// <summary>UTC day of the last act of the person that counts for retention (compliance 3.3); null if there was none.</summary>
    public DateTimeOffset? LastInteractionAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpireAt { get; init; }
}
