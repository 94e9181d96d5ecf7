using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Storage.Mongo.Keys;

internal sealed class KeyStore(StoreTables tables) : IKeyStore
{
    public Task<IReadOnlyList<ProfileKeys?>> ReadAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) =>
        tables.Engine.ReadAsync(token => tables.Keys.FindLiveAsync(tenant, profiles, token), cancellation);
}
