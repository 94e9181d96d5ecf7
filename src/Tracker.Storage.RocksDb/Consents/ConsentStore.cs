using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Consents;

internal sealed class ConsentStore(StoreTables tables) : IConsentStore
{
    public async Task<ConsentAppended> AppendAsync(ConsentAppend append, CancellationToken cancellation)
    {
        using var session = await tables.Engine.BeginWriteAsync(cancellation);
        if (FindRepeat(append.Entry.Tenant, append.Entry.RequestHash) is { } repeat)
        {
            return repeat;
        }

        var appended = new ConsentLedgerWriter(tables, session, append).Gather();
        session.Commit();
        return appended;
    }

    public Task<IReadOnlyList<IReadOnlyList<ConsentEntry>>> ReadAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation)
    {
        var ledgers = new IReadOnlyList<ConsentEntry>[profiles.Count];
        for (var i = 0; i < ledgers.Length; i++)
        {
            ledgers[i] = Read(tenant, profiles[i]);
        }

        return Task.FromResult<IReadOnlyList<IReadOnlyList<ConsentEntry>>>(ledgers);
    }

    public Task<ConsentAppended?> FindRepeatAsync(TenantId tenant, UInt128 requestHash, CancellationToken cancellation) =>
        Task.FromResult(FindRepeat(tenant, requestHash));

    public Task<ConsentEntry?> FindConfirmationAsync(TenantId tenant, UInt128 confirmation, CancellationToken cancellation)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var now = tables.Engine.Now;
        var waiting = tables.Confirmations.FindLive(ConsentRequestKey.Write(buffer, tenant, confirmation), now);
        return Task.FromResult(waiting is null ? null : tables.Consents.FindLive(ConsentKey.Write(buffer, tenant, waiting.Profile, waiting.Sequence), now));
    }

    private List<ConsentEntry> Read(TenantId tenant, ProfileId profile)
    {
        var now = tables.Engine.Now;
        bool? isHeld = null;
        var entries = new List<ConsentEntry>();
        using var range = tables.Consents.Range(ProfileKey.Write(stackalloc byte[KeyBuilder.MaxSize], tenant, profile));
        for (; range.IsAtKey; range.Next())
        {
            var entry = tables.Consents.Codec.Deserialize(range.Value);
            if (tables.Consents.IsLive(entry, now) || (isHeld ??= IsHeld(tenant, profile, now)))
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    private bool IsHeld(TenantId tenant, ProfileId profile, DateTimeOffset now) =>
        Holding.ClassesOf(tables.Controls.FindLive(ProfileKey.Write(stackalloc byte[KeyBuilder.MaxSize], tenant, profile), now)).Contains(RetentionClass.Evidence);

    private ConsentAppended? FindRepeat(TenantId tenant, UInt128 requestHash)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var now = tables.Engine.Now;
        var request = tables.ConsentRequests.FindLive(ConsentRequestKey.Write(buffer, tenant, requestHash), now);
        if (request is null)
        {
            return null;
        }

        var entry = tables.Consents.FindLive(ConsentKey.Write(buffer, tenant, request.Profile, request.Sequence), now);
        return entry is null || entry.RequestHash != requestHash ? null : new ConsentAppended(entry, request.ConsentEpoch, IsRepeat: true);
    }
}
