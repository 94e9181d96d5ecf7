using MongoDB.Bson;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Identities;

internal sealed class IdentityStore(StoreTables tables) : IIdentityStore
{
    public Task<IReadOnlyList<ProfileId?>> FindAsync(TenantId tenant, IReadOnlyList<IdentifierHash> identifiers, CancellationToken cancellation) =>
        FindAsync<ProfileId?>(tenant, identifiers, link => link?.Profile, cancellation);

    public Task<IReadOnlyList<IReadOnlyList<ProfileId>>> FindEverybodyAsync(TenantId tenant, IReadOnlyList<IdentifierHash> identifiers, CancellationToken cancellation) =>
        FindAsync<IReadOnlyList<ProfileId>>(tenant, identifiers, link => [.. link?.Everybody ?? []], cancellation);

    public Task<IReadOnlyList<Control?>> ReadControlsAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) =>
        tables.Engine.ReadAsync(token => tables.Controls.FindLiveAsync(tenant, profiles, token), cancellation);

    private Task<IReadOnlyList<T>> FindAsync<T>(TenantId tenant, IReadOnlyList<IdentifierHash> identifiers, Func<IdentifierLink?, T> read, CancellationToken cancellation) =>
        tables.Engine.ReadAsync<IReadOnlyList<T>>(async token =>
        {
            BsonValue[] ids = [.. identifiers.Select(identifier => DocumentId.Of(tenant, identifier))];
            var links = await tables.Identifiers.FindLiveAsync(session: null, ids.ToHashSet(), token);
            return [.. ids.Select(id => read(links.GetValueOrDefault(id)))];
        }, cancellation);
}
