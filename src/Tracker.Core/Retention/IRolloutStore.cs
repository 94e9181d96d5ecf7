using Tracker.Core.Model;
using Tracker.Core.Retention.Nodes;

namespace Tracker.Core.Retention;

public interface IRolloutStore
{
    Task<Rollout?> FindAsync(TenantId tenant, CancellationToken cancellation);

    /// <summary>Stores or replaces the one of its tenant, together with the errands it has come to; durable on return.</summary>
    /// <param name="fence">Null: whoever does the work in the background, this is not part of it.</param>
    /// <returns>False: its version does not follow the one that is stored, and nothing was written; read it again.</returns>
    /// <exception cref="LeaseLostException">The work has gone to another node since; nothing was written.</exception>
    Task<bool> SaveAsync(Rollout rollout, IReadOnlyList<Errand> errands, Fence? fence, CancellationToken cancellation);
}
