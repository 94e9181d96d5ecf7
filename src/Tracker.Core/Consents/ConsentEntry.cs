using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>One decision in the ledger of a profile. Entries never change but for the day they are deleted.</summary>
public sealed record ConsentEntry
{
    public required ConsentId Id { get; init; }

    public required TenantId Tenant { get; init; }

    public required ProfileId Profile { get; init; }

    /// <summary>Order in the ledger of the profile, from 1, set by the store.</summary>
    public long Sequence { get; init; }

    public required SourceId Source { get; init; }

    /// <summary>Keyed hash of (tenant, source, request id): a repeat finds the first answer.</summary>
    public required UInt128 RequestHash { get; init; }

    public required Purpose Purpose { get; init; }

    /// <summary>Empty for purposes without contact, and for a withdrawal for all media.</summary>
    public required IReadOnlyList<ContactChannel> ContactChannels { get; init; }

    public required ConsentState State { get; init; }

    /// <summary>From when it counts: a grant late, a withdrawal early (compliance 2.6).</summary>
    public required DateTimeOffset EffectiveAt { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>When a given consent ends by itself; null for other states.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    public string? NoticeId { get; init; }

    public string? NoticeVersion { get; init; }

    public Evidence? Evidence { get; init; }

    public required DateTimeOffset? ExpireAt { get; init; }

    public IReadOnlyList<string> Holds { get; init; } = [];
}
