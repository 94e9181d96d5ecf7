using Tracker.Core.Model;
using Tracker.Core.Profiles;
using Tracker.Storage.RocksDb.Engine;
using Tracker.Storage.RocksDb.Records;

namespace Tracker.Storage.RocksDb.Profiles;

internal sealed class ProfileReader(StoreTables tables) : IProfileReader
{
    public Task<IReadOnlyList<InteractionRecord>> ListAsync(RecordQuery query, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<InteractionRecord>>(new TimelineScan(tables, query).Read(cancellation));

    public Task<IReadOnlyList<InteractionRecord>> FindAsync(TenantId tenant, InteractionKey key, CancellationToken cancellation)
    {
        var entry = FindEntry(tenant, key);
        return Task.FromResult<IReadOnlyList<InteractionRecord>>(entry is null ? [] : ReadRecords(entry));
    }

    public Task<InteractionKey?> FindKeyAsync(TenantId tenant, UInt128 hash, CancellationToken cancellation)
    {
        using var range = tables.Interactions.Range([]);
        Span<byte> buffer = stackalloc byte[InteractionKey.Size];
        var sought = new InteractionKey(0, hash);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            range.Seek(InteractionEntryKey.Write(buffer, sought));
            if (!range.IsAtKey)
            {
                return Task.FromResult<InteractionKey?>(null);
            }

            var found = InteractionKey.Read(range.Key);
            if (found.Hash == hash && FindEntry(tenant, found) is not null)
            {
                return Task.FromResult<InteractionKey?>(found);
            }

            // Two steps a day: the hash is looked for under each day that has any interaction.
            if (found.Hash >= hash && found.Day == ushort.MaxValue)
            {
                return Task.FromResult<InteractionKey?>(null);
            }

            sought = new InteractionKey((ushort)(found.Hash < hash ? found.Day : found.Day + 1), hash);
        }
    }

    public Task<ContactDocument?> FindContactAsync(TenantId tenant, ProfileId profile, CancellationToken cancellation)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        return Task.FromResult(tables.Contacts.FindLive(ProfileKey.Write(buffer, tenant, profile), tables.Engine.Now));
    }

    public Task<IReadOnlyList<ContactDocument?>> ReadContactsAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) =>
        Task.FromResult(tables.Contacts.FindLive(tenant, profiles, tables.Engine.Now));

    private InteractionEntry? FindEntry(TenantId tenant, InteractionKey key)
    {
        Span<byte> buffer = stackalloc byte[InteractionKey.Size];
        var entry = tables.Interactions.FindLive(InteractionEntryKey.Write(buffer, key), tables.Engine.Now);
        return entry?.Tenant == tenant ? entry : null;
    }

    private List<InteractionRecord> ReadRecords(InteractionEntry entry)
    {
        var now = tables.Engine.Now;
        var records = new List<InteractionRecord>(entry.Present.Count);
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        foreach (var member in entry.Present.Members())
        {
            if (tables.Records.FindLive(RecordKey.Write(buffer, entry.Tenant, entry.Profile, entry.OccurredAt, entry.Key, member), now) is { } record)
            {
                records.Add(record);
            }
        }

        return records;
    }
}
