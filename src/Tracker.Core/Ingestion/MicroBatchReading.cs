using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>Interactions of one tenant, in the order of their arrival, and all that has been read of them.</summary>
/// <param name="Timestamp">When the reading began: what is decided on it is committed within the write deadline from then on, or never.</param>
public sealed record MicroBatchReading(TenantId Tenant, IReadOnlyList<PendingInteraction> Pending, WorkingSet Known, long Timestamp)
{
    /// <summary>A part of it, whose plans are not for the others.</summary>
    public MicroBatchReading Part(IReadOnlyList<PendingInteraction> pending) => pending.Count == Pending.Count ? this : this with { Pending = pending, Known = Known.Copy() };
}
