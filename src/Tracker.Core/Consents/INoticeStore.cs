using Tracker.Core.Model;

namespace Tracker.Core.Consents;

public interface INoticeStore
{
    /// <summary>Stores a notice unless its (id, version) is stored already; durable on return.</summary>
    /// <returns>The stored one: the given, or the earlier.</returns>
    Task<Notice> AddAsync(Notice notice, CancellationToken cancellation);

    Task<Notice?> FindAsync(TenantId tenant, string id, string version, CancellationToken cancellation);
}
