using Tracker.Core.Model;

namespace Tracker.Core.Profiles;

public interface IProfileReader
{
    /// <returns>Records newest first, at most <see cref="RecordQuery.Limit"/>; expired ones are left out.</returns>
    Task<IReadOnlyList<InteractionRecord>> ListAsync(RecordQuery query, CancellationToken cancellation);

    /// <returns>All records of one interaction; empty if nothing is held.</returns>
    Task<IReadOnlyList<InteractionRecord>> FindAsync(TenantId tenant, InteractionKey key, CancellationToken cancellation);

    /// <returns>The key with this hash, on whatever day; null if nothing is held.</returns>
    Task<InteractionKey?> FindKeyAsync(TenantId tenant, UInt128 hash, CancellationToken cancellation);

    Task<ContactDocument?> FindContactAsync(TenantId tenant, ProfileId profile, CancellationToken cancellation);

    /// <returns>For each profile, in order, its contact document; null where there is none or it has expired.</returns>
    Task<IReadOnlyList<ContactDocument?>> ReadContactsAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation);
}
