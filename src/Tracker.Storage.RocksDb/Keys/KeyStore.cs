using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Storage.RocksDb.Keys;

internal sealed class KeyStore(StoreTables tables) : IKeyStore
{
    public Task<IReadOnlyList<ProfileKeys?>> ReadAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) =>
        Task.FromResult(tables.Keys.FindLive(tenant, profiles, tables.Engine.Now));
}
