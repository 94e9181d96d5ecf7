using Tracker.Core.Identities;
using Tracker.Core.Model;

namespace Tracker.Storage.RocksDb.Identities;

internal sealed class ContractStore(StoreTables tables) : IContractStore
{
    public Task<IReadOnlyList<ContractLink?>> FindAsync(TenantId tenant, IReadOnlyList<UInt128> references, CancellationToken cancellation)
    {
        var links = new ContractLinks(tables, tenant, ProfileWriter.ViewOf(tables, tenant), tables.Engine.Now);
        links.Read(references);
        return Task.FromResult<IReadOnlyList<ContractLink?>>([.. references.Select(links.Find)]);
    }
}
