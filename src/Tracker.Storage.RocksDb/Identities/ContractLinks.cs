using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Documents;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Identities;

/// <summary>Whose the contracts of one session are: one of a profile that is gone is anybody's again.</summary>
internal sealed class ContractLinks(StoreTables tables, TenantId tenant, SessionView<ProfileId, Control> controls, DateTimeOffset now)
{
    private readonly SessionView<UInt128, ContractLink> _links = new(tables.Contracts, (buffer, reference) => ContractKey.Write(buffer, tenant, reference));

    /// <summary>Reads in one call what will be asked for.</summary>
    public void Read(IReadOnlyList<UInt128> references)
    {
        _links.Read(references);
        controls.Read(references.Select(reference => _links.FindLive(reference, now)).OfType<ContractLink>().Select(link => link.Profile));
    }

    public ContractLink? Find(UInt128 reference) =>
        _links.FindLive(reference, now) is { } link && controls.FindLive(link.Profile, now) is not null ? link : null;

    public void Put(WriteSession session, ContractLink link)
    {
        if (link.Tenant != tenant)
        {
            throw new InvalidOperationException("A contract is linked within its own tenant only.");
        }

        _links.Put(session, link.Reference, Find(link.Reference)?.Merge(link) ?? link);
    }
}
