using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Policies;

internal sealed class PolicyStore(StoreTables tables) : IPolicyStore
{
    public async Task AddAsync(PolicyVersion version, CancellationToken cancellation)
    {
        using var session = await tables.Engine.BeginWriteAsync(cancellation);
        Put(session, version);
        session.Commit();
    }

    public Task<PolicyVersion?> FindAsync(TenantId tenant, ReadOnlyMemory<byte> sha256, CancellationToken cancellation)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        return Task.FromResult(tables.Policies.FindLive(PolicyKey.Write(buffer, tenant, sha256), tables.Engine.Now));
    }

    public Task<IReadOnlyList<PolicyVersion>> ListAsync(TenantId tenant, CancellationToken cancellation)
    {
        var now = tables.Engine.Now;
        List<PolicyVersion> versions = [];
        using var range = tables.Policies.Range(PolicyKey.OfAll(tenant));
        for (; range.IsAtKey; range.Next())
        {
            var version = tables.Policies.Codec.Deserialize(range.Value);
            if (tables.Policies.IsLive(version, now))
            {
                versions.Add(version);
            }
        }

        return Task.FromResult<IReadOnlyList<PolicyVersion>>(versions);
    }

    private void Put(WriteSession session, PolicyVersion version)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var key = PolicyKey.Write(buffer, version.Tenant, version.Sha256);
        var stored = tables.Policies.Find(key);
        var written = stored is not null && tables.Policies.IsLive(stored, tables.Engine.Now)
            ? stored.Merge(version)
            : version;
        tables.Policies.Put(session, key, written, stored);
    }
}
