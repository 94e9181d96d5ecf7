using Tracker.Core.Model;
using Tracker.Core.Profiles;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Profiles;

internal sealed class ProfileReader(StoreTables tables) : IProfileReader
{
    public Task<IReadOnlyList<InteractionRecord>> ListAsync(RecordQuery query, CancellationToken cancellation) =>
        StoreEngine.ReadAsync<IReadOnlyList<InteractionRecord>>(async () =>
            await tables.Records.ListAsync(TimelineFilter.Of(query, tables.Engine.Now), query.Limit, cancellation));

    public Task<IReadOnlyList<InteractionRecord>> FindAsync(TenantId tenant, InteractionKey key, CancellationToken cancellation) =>
        StoreEngine.ReadAsync<IReadOnlyList<InteractionRecord>>(async () =>
        {
            var now = tables.Engine.Now;
            var stored = await tables.Records.FindAsync(session: null, key, cancellation);
            return [.. stored?.Records.Values.Where(record => record.Tenant == tenant && StoredEnd.IsLiving(record.ExpireAt, now)) ?? []];
        });

    public Task<InteractionKey?> FindKeyAsync(TenantId tenant, UInt128 hash, CancellationToken cancellation) =>
        StoreEngine.ReadAsync(() => new KeySearch(tables, tenant, hash).FindAsync(cancellation));

    public Task<ContactDocument?> FindContactAsync(TenantId tenant, ProfileId profile, CancellationToken cancellation) =>
        StoreEngine.ReadAsync(() => tables.Contacts.FindLiveAsync(session: null, DocumentId.Of(tenant, profile), cancellation));
}
