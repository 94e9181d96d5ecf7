using Tracker.Core.Model;

namespace Tracker.Core.Retention;

public interface IRolloutStore
{
    Task<Rollout?> FindAsync(TenantId tenant, CancellationToken cancellation);

    /// <summary>Stores or replaces the one of its tenant, together with the errands it has come to; durable on return.</summary>
    Task SaveAsync(Rollout rollout, IReadOnlyList<Errand> errands, CancellationToken cancellation);
}
