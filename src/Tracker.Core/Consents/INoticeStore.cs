using Tracker.Core.Model;

namespace Tracker.Core.Consents;

public interface INoticeStore
{
    /// <summary>Stores a notice unless its (id, version) is stored already; durable on return.</summary>
    /// <returns>The stored one: the given, or the earlier.</returns>
    Task<Notice> AddAsync(Notice notice, CancellationToken cancellation);

    /// <returns>The living versions of a notice, in no order.</returns>
    Task<IReadOnlyList<Notice>> ListAsync(TenantId tenant, string id, CancellationToken cancellation);

    /// <returns>The living versions of all notices, in no order.</returns>
    Task<IReadOnlyList<Notice>> ListAsync(TenantId tenant, CancellationToken cancellation);

    Task<Notice?> FindAsync(TenantId tenant, string id, string version, CancellationToken cancellation);
}
