using Tracker.Core.Ingestion;
using Tracker.Core.Model;

namespace Tracker.Storage.Mongo.Records;

internal sealed class RecordStore(StoreTables tables) : IRecordStore
{
    public int CommitsAtATime => tables.Engine.Transactions;

    /// <summary>Each asks the same questions, whatever its size.</summary>
    public int MinPartSize => 100;

    public Task<IReadOnlyList<bool>> ExistAsync(TenantId tenant, IReadOnlyList<InteractionKey> keys, CancellationToken cancellation) =>
        tables.Engine.ReadAsync<IReadOnlyList<bool>>(async token =>
        {
            var now = tables.Engine.Now;
            var heads = await tables.Records.FindHeadsAsync(session: null, keys, token);
            var halves = new HashSet<InteractionKey>();
            foreach (var head in heads.Values.Where(head => head.MayBeHalf && head.IsLive(now)))
            {
                if (await tables.Records.CountAsync(head.Key, token) < head.Classes.Count)
                {
                    halves.Add(head.Key);
                }
            }

            return [.. keys.Select(key => heads.TryGetValue(key, out var head) && head.IsLive(now) && head.Tenant == tenant && !halves.Contains(key))];
        }, cancellation);

    public Task<IReadOnlyList<ContactDocument?>> ReadContactsAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) =>
        tables.Engine.ReadAsync(token => tables.Contacts.FindLiveAsync(tenant, profiles, token), cancellation);

    public async Task<IReadOnlyList<CommitAnswer>> CommitAsync(MicroBatch batch, CancellationToken cancellation)
    {
        foreach (var write in batch.Interactions)
        {
            WriteRules.Check(batch, write);
        }

        return await new BatchCommit(tables, batch).WriteAsync(cancellation);
    }
}
