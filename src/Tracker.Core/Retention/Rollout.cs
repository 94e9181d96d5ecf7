using Tracker.Core.Model;

namespace Tracker.Core.Retention;

/// <summary>How far the rewriting under a new policy version or a stricter catalogue has come; the read gate does not wait for it.</summary>
/// <param name="PolicySha256">The version it rewrites under, 32 bytes.</param>
/// <param name="After">The last profile for which an errand was written; null: none yet.</param>
/// <param name="FinishedAt">Null while it goes on.</param>
/// <param name="ExpireAt">Overwritten by the next version; the outer cap otherwise.</param>
public sealed record Rollout(
    TenantId Tenant,
    ReadOnlyMemory<byte> PolicySha256,
    DateTimeOffset StartedAt,
    ProfileId? After,
    DateTimeOffset? FinishedAt,
    DateTimeOffset ExpireAt)
{
    /// <summary>Every profile has its errand, and what is of nobody has its turn. False, finished or not, in one from before that was so.</summary>
    public bool HasVisitedProfiles { get; init; }

    /// <summary>The last record of nobody that was reviewed; null: none yet.</summary>
    public RecordAddress? AfterUnowned { get; init; }

    /// <summary>Another pass begins then, once this one is over: products have become stricter since it began. Null: none waits.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>What was decided before that instant may hold products that are special only now; null: none has become so.</summary>
    public DateTimeOffset? ProductsDecidedBefore { get; init; }

    /// <summary>The first is 1; it is stored if it follows the version that is there, so that neither of two hands undoes the other.</summary>
    public long Version { get; init; }
}
