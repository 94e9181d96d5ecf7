using MongoDB.Bson;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Identities;

internal sealed class IdentityStore(StoreTables tables) : IIdentityStore
{
    public Task<IReadOnlyList<ProfileId?>> FindAsync(TenantId tenant, IReadOnlyList<IdentifierHash> identifiers, CancellationToken cancellation) =>
        StoreEngine.ReadAsync<IReadOnlyList<ProfileId?>>(async () =>
        {
            BsonValue[] ids = [.. identifiers.Select(identifier => DocumentId.Of(tenant, identifier))];
            var links = await tables.Identifiers.FindLiveAsync(session: null, ids.ToHashSet(), cancellation);
            return [.. ids.Select(id => links.GetValueOrDefault(id)?.Profile)];
        });

    public Task<IReadOnlyList<Control?>> ReadControlsAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) =>
        StoreEngine.ReadAsync(() => tables.Controls.FindLiveAsync(tenant, profiles, cancellation));
}
