using Tracker.Core.Model;

namespace Tracker.Core.Retention;

public interface ILegalHoldStore
{
    /// <summary>Stores or replaces a hold; durable on return.</summary>
    Task SaveAsync(LegalHold hold, CancellationToken cancellation);

    Task<LegalHold?> FindAsync(TenantId tenant, string id, CancellationToken cancellation);

    /// <returns>Holds of the tenant after that id, in the order of their ids, released ones included.</returns>
    Task<IReadOnlyList<LegalHold>> ListAsync(TenantId tenant, string? after, int limit, CancellationToken cancellation);
}
