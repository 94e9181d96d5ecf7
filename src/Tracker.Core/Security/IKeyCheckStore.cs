using Tracker.Core.Model;

namespace Tracker.Core.Security;

/// <summary>A value per version of a tenant's keys, by which a store recognises the keys it was written under.</summary>
public interface IKeyCheckStore
{
    /// <returns>Tenants under whose keys anything was ever written here.</returns>
    Task<IReadOnlyList<TenantId>> ListTenantsAsync(CancellationToken cancellation);

    /// <returns>By version; empty for a tenant that has none yet.</returns>
    Task<IReadOnlyDictionary<byte, ReadOnlyMemory<byte>>> ReadAsync(TenantId tenant, CancellationToken cancellation);

    /// <summary>Durable on return; a value that is there already stays.</summary>
    Task AddAsync(TenantId tenant, byte version, ReadOnlyMemory<byte> value, CancellationToken cancellation);
}
