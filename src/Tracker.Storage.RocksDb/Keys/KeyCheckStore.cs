using Tracker.Core.Model;
using Tracker.Core.Security;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Keys;

/// <summary>Metadata, not documents: it says nothing of any person and lives as long as the folder.</summary>
internal sealed class KeyCheckStore(StoreEngine engine) : IKeyCheckStore
{
    public Task<IReadOnlyList<TenantId>> ListTenantsAsync(CancellationToken cancellation)
    {
        var tenants = new List<TenantId>();
        using var range = engine.Range(StorePart.Meta, KeyCheckKey.Prefix);
        for (; range.IsAtKey; range.Next())
        {
            tenants.Add(KeyCheckKey.TenantOf(range.Key));
        }

        return Task.FromResult<IReadOnlyList<TenantId>>([.. tenants.Distinct()]);
    }

    public Task<IReadOnlyDictionary<byte, ReadOnlyMemory<byte>>> ReadAsync(TenantId tenant, CancellationToken cancellation)
    {
        var values = new Dictionary<byte, ReadOnlyMemory<byte>>();
        using var range = engine.Range(StorePart.Meta, KeyCheckKey.WriteTenant(stackalloc byte[KeyBuilder.MaxSize], tenant));
        for (; range.IsAtKey; range.Next())
        {
            values.Add(KeyCheckKey.VersionOf(range.Key), range.Value.ToArray());
        }

        return Task.FromResult<IReadOnlyDictionary<byte, ReadOnlyMemory<byte>>>(values);
    }

    public async Task AddAsync(TenantId tenant, byte version, ReadOnlyMemory<byte> value, CancellationToken cancellation)
    {
        using var session = await engine.BeginWriteAsync(cancellation);
        if (!(await ReadAsync(tenant, cancellation)).ContainsKey(version))
        {
            Put(session, tenant, version, value);
            session.Commit();
        }
    }

    private static void Put(WriteSession session, TenantId tenant, byte version, ReadOnlyMemory<byte> value)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        session.Put(StorePart.Meta, KeyCheckKey.Write(buffer, tenant, version), value.Span);
    }
}
