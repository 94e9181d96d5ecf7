using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Records;

internal sealed class RecordStore(StoreTables tables) : IRecordStore
{
    public Task<IReadOnlyList<bool>> ExistAsync(TenantId tenant, IReadOnlyList<InteractionKey> keys, CancellationToken cancellation) =>
        StoreEngine.ReadAsync<IReadOnlyList<bool>>(async () =>
        {
            var now = tables.Engine.Now;
            var heads = await tables.Records.FindHeadsAsync(session: null, keys, cancellation);
            return [.. keys.Select(key => heads.TryGetValue(key, out var head) && head.IsLive(now) && head.Tenant == tenant)];
        });

    public Task<IReadOnlyList<ContactDocument?>> ReadContactsAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) =>
        StoreEngine.ReadAsync(() => tables.Contacts.FindLiveAsync(tenant, profiles, cancellation));

    public async Task<IReadOnlyList<CommitAnswer>> CommitAsync(MicroBatch batch, CancellationToken cancellation)
    {
        foreach (var write in batch.Interactions)
        {
            WriteRules.Check(batch, write);
        }

        return await new BatchCommit(tables, batch).WriteAsync(cancellation);
    }
}
