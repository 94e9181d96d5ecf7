using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>Every policy document that ever decided, so that a record can be explained by the rules it was kept under.</summary>
public interface IPolicyStore
{
    /// <summary>Stores a document under its hash, or moves the end of the one that is there; durable on return.</summary>
    Task AddAsync(PolicyVersion version, CancellationToken cancellation);

    /// <returns>The living versions of a tenant, in no order.</returns>
    Task<IReadOnlyList<PolicyVersion>> ListAsync(TenantId tenant, CancellationToken cancellation);

    /// <returns>Null: not known, or expired.</returns>
    Task<PolicyVersion?> FindAsync(TenantId tenant, ReadOnlyMemory<byte> sha256, CancellationToken cancellation);
}
