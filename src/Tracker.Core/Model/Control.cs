namespace Tracker.Core.Model;

/// <summary>
/// The one small document per profile that the gate reads. It lives as long as anything of the profile:
/// <see cref="ExpireAt"/> is the latest of all that is held under it.
/// </summary>
public sealed record Control
{
    public required TenantId Tenant { get; init; }

    public required ProfileId Profile { get; init; }

    /// <summary>Raised by every consent, withdrawal, objection, restriction and erasure of this profile.</summary>
    public long ConsentEpoch { get; init; }

    /// <summary>Raised by every merge and unmerge, and by whatever raises the consent epoch of another profile of the same person.</summary>
    public long PersonEpoch { get; init; }

    /// <summary>What a decision is made under: it moves with either of the two.</summary>
    public long DecisionEpoch => ConsentEpoch + PersonEpoch;

    /// <summary>All that was ever said about this profile and others being one person, oldest first.</summary>
    public IReadOnlyList<ProfileLink> Links { get; init; } = [];

    /// <summary>The other profiles of the same person, which follow from the links, the oldest first.</summary>
    public IReadOnlyList<ProfileId> Members { get; init; } = [];

    public Facts Facts { get; init; } = Facts.None;

    /// <summary>Every identifier that leads here, in the order linked.</summary>
    public IReadOnlyList<IdentifierHash> Identifiers { get; init; } = [];

    /// <summary>UTC day of the last act of the person that counts for retention (compliance 3.3); null if there was none.</summary>
    public DateTimeOffset? LastInteractionAt { get; init; }

    /// <summary>Instants at which the inactivity cap fired, oldest first; a consent given before one has ended with it.</summary>
    public IReadOnlyList<DateTimeOffset> Lapses { get; init; } = [];

    /// <summary>Birth date and country as stated, sealed with the key of (profile, evidence); empty: not known.</summary>
    public ReadOnlyMemory<byte> SealedAge { get; init; }

    /// <summary>Legal holds on the profile.</summary>
    public IReadOnlyList<ProfileHold> Holds { get; init; } = [];

    /// <summary>Stored and not used: GDPR Art. 18.</summary>
    public bool IsRestricted { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary><see cref="StoredTime.NoEnd"/> while a consent stands or a legal hold keeps something.</summary>
    public required DateTimeOffset ExpireAt { get; init; }
}
