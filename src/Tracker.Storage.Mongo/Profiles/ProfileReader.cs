using Tracker.Core.Model;
using Tracker.Core.Profiles;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Profiles;

internal sealed class ProfileReader(StoreTables tables) : IProfileReader
{
    public Task<IReadOnlyList<InteractionRecord>> ListAsync(RecordQuery query, CancellationToken cancellation) =>
        tables.Engine.ReadAsync<IReadOnlyList<InteractionRecord>>(async token =>
            await tables.Records.ListAsync(TimelineFilter.Of(query, tables.Engine.Now), query.Limit, token), cancellation);

    public Task<IReadOnlyList<InteractionRecord>> FindAsync(TenantId tenant, InteractionKey key, CancellationToken cancellation) =>
        tables.Engine.ReadAsync<IReadOnlyList<InteractionRecord>>(async token =>
        {
            var now = tables.Engine.Now;
            var stored = await tables.Records.FindAsync(session: null, key, token);
            return [.. stored?.Records.Values.Where(record => record.Tenant == tenant && StoredEnd.IsLiving(record.ExpireAt, now)) ?? []];
        }, cancellation);

    public Task<InteractionKey?> FindKeyAsync(TenantId tenant, UInt128 hash, CancellationToken cancellation) =>
        tables.Engine.WorkAsync(token => new KeySearch(tables, tenant, hash).FindAsync(token), cancellation);

    public Task<ContactDocument?> FindContactAsync(TenantId tenant, ProfileId profile, CancellationToken cancellation) =>
        tables.Engine.ReadAsync(token => tables.Contacts.FindLiveAsync(session: null, DocumentId.Of(tenant, profile), token), cancellation);

    public Task<IReadOnlyList<ContactDocument?>> ReadContactsAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) =>
        tables.Engine.ReadAsync(token => tables.Contacts.FindLiveAsync(tenant, profiles, token), cancellation);
}
