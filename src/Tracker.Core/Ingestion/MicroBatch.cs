using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>
/// What one micro-batch writes: at most one change per profile, each interaction once. A profile's change is applied
/// only if at least one of its interactions is stored.
/// </summary>
public sealed record MicroBatch(
    TenantId Tenant,
    BatchId Id,
    IReadOnlyList<ProfileChange> Profiles,
    IReadOnlyList<InteractionWrite> Interactions);
