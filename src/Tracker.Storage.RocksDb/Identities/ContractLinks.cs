using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Identities;

/// <summary>Whose the contracts of one session are: one of a profile that is gone is anybody's again.</summary>
internal sealed class ContractLinks(StoreTables tables, TenantId tenant, DateTimeOffset now)
{
    // What this session has linked is not readable yet.
    private readonly Dictionary<UInt128, ContractLink> _linked = [];

    public ContractLink? Find(UInt128 reference)
    {
        if (_linked.TryGetValue(reference, out var linked))
        {
            return linked;
        }

        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var link = tables.Contracts.FindLive(ContractKey.Write(buffer, tenant, reference), now);
        return link is not null && tables.Controls.FindLive(ProfileKey.Write(buffer, tenant, link.Profile), now) is not null ? link : null;
    }

    public void Put(WriteSession session, ContractLink link)
    {
        if (link.Tenant != tenant)
        {
            throw new InvalidOperationException("A contract is linked within its own tenant only.");
        }

        var written = Find(link.Reference)?.Merge(link) ?? link;
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var key = ContractKey.Write(buffer, tenant, link.Reference);
        tables.Contracts.Put(session, key, written, tables.Contracts.Find(key));
        _linked[link.Reference] = written;
    }
}
