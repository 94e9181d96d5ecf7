using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Retention;

internal sealed class LegalHoldStore(StoreTables tables) : ILegalHoldStore
{
    public async Task SaveAsync(LegalHold hold, CancellationToken cancellation)
    {
        hold.Check();
        using var session = await tables.Engine.BeginWriteAsync(cancellation);
        var key = LegalHoldKey.Of(hold.Tenant, hold.Id);
        tables.LegalHolds.Put(session, key, hold, tables.LegalHolds.Find(key));
        session.Commit();
    }

    public Task<LegalHold?> FindAsync(TenantId tenant, string id, CancellationToken cancellation) =>
        Task.FromResult(tables.LegalHolds.FindLive(LegalHoldKey.Of(tenant, id), tables.Engine.Now));

    public Task<IReadOnlyList<LegalHold>> ListAsync(TenantId tenant, string? after, int limit, CancellationToken cancellation)
    {
        var now = tables.Engine.Now;
        List<LegalHold> holds = [];
        using var range = tables.LegalHolds.Range(ProfileKey.WriteTenant(stackalloc byte[KeyBuilder.MaxSize], tenant));
        if (after is not null)
        {
            range.SeekAfter(LegalHoldKey.Of(tenant, after));
        }

        for (; range.IsAtKey && holds.Count < limit; range.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            var hold = tables.LegalHolds.Codec.Deserialize(range.Value);
            if (tables.LegalHolds.IsLive(hold, now))
            {
                holds.Add(hold);
            }
        }

        return Task.FromResult<IReadOnlyList<LegalHold>>(holds);
    }
}
