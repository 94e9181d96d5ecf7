using Tracker.Core.Ingestion;
using Tracker.Core.Model;

namespace Tracker.Storage.RocksDb.Records;

internal sealed class RecordStore(StoreTables tables) : IRecordStore
{
    /// <summary>There is one writer, and one write to the disk for all that it has.</summary>
    public int CommitsAtATime => 1;

    public Task<IReadOnlyList<bool>> ExistAsync(TenantId tenant, IReadOnlyList<InteractionKey> keys, CancellationToken cancellation)
    {
        var now = tables.Engine.Now;
        Span<byte> buffer = stackalloc byte[InteractionKey.Size];
        var found = new bool[keys.Count];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = tables.Interactions.FindLive(InteractionEntryKey.Write(buffer, keys[i]), now) is { } entry && entry.Tenant == tenant;
        }

        return Task.FromResult<IReadOnlyList<bool>>(found);
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
