using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Identities;

internal sealed class IdentityStore(StoreTables tables) : IIdentityStore
{
    private static readonly BsonDocument ById = new("_id", 1);
    private static readonly BsonDocument IdOnly = new("_id", 1);

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

    public Task<IReadOnlyList<ProfileId>> ListProfilesAsync(TenantId tenant, ProfileId? after, int limit, CancellationToken cancellation) =>
        tables.Engine.ReadAsync<IReadOnlyList<ProfileId>>(async token =>
        {
            var filter = DocumentId.Within(tenant, after is { } last ? DocumentId.Of(tenant, last) : null);
            filter.AddRange(StoredEnd.Living(tables.Engine.Now));
            var controls = await tables.Controls.Find(session: null, filter).Sort(ById).Limit(limit).Project(IdOnly).ToListAsync(token);
            return [.. controls.Select(control => DocumentId.ProfileOf(control["_id"].AsString))];
        }, cancellation);
}
