using Tracker.Core.Model;
using Tracker.Core.Security;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Keys;

internal sealed class KeyStore(StoreTables tables) : IKeyStore
{
    public Task<IReadOnlyList<ProfileKeys?>> ReadAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) =>
        StoreEngine.ReadAsync(() => tables.Keys.FindLiveAsync(tenant, profiles, cancellation));
}
