using Tracker.Core.Ingestion;
using Tracker.Core.Model;

namespace Tracker.Storage.RocksDb.Records;

internal sealed class RecordStore(StoreTables tables) : IRecordStore
{
    /// <summary>There is one writer; while it writes one part the next is decided, and a third would only wait.</summary>
    public int CommitsAtATime => 2;

    /// <summary>What a commit costs by itself is one write to the disk: with 64 calls of one interaction at a time a fifth more are accepted than with 100, and with 8 or 32 less.</summary>
    public int MinPartSize => 16;

    public Task<IReadOnlyList<bool>> ExistAsync(TenantId tenant, IReadOnlyList<InteractionKey> keys, CancellationToken cancellation)
    {
        var found = tables.Interactions.FindLive(keys, (buffer, key) => InteractionEntryKey.Write(buffer[..InteractionKey.Size], key), tables.Engine.Now);
        return Task.FromResult<IReadOnlyList<bool>>([.. found.Select(entry => entry is not null && entry.Tenant == tenant)]);
    }

    public Task<IReadOnlyList<ContactDocument?>> ReadContactsAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) =>
        Task.FromResult(tables.Contacts.FindLive(tenant, profiles, tables.Engine.Now));

    public async Task<IReadOnlyList<CommitAnswer>> CommitAsync(MicroBatch batch, CancellationToken cancellation)
    {
        using var session = await tables.Engine.BeginWriteAsync(cancellation);
        var answers = new BatchCommit(tables, session, batch).Gather();
        session.Commit();
        return answers;
    }
}
