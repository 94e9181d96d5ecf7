using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Consents;

internal sealed class ConsentStore(StoreTables tables) : IConsentStore
{
    public Task<ConsentAppended> AppendAsync(ConsentAppend append, CancellationToken cancellation) => tables.Engine.WriteAsync(
        async session =>
            await FindRepeatAsync(session, append.Entry.Tenant, append.Entry.RequestHash, cancellation)
            ?? await new ConsentLedgerWriter(tables, session, append).GatherAsync(cancellation),
        cancellation);

    public Task<IReadOnlyList<IReadOnlyList<ConsentEntry>>> ReadAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) =>
        StoreEngine.ReadAsync<IReadOnlyList<IReadOnlyList<ConsentEntry>>>(async () =>
        {
            var all = await tables.Ledgers.ReadAllAsync(session: null, profiles.Distinct().Select(profile => DocumentId.Of(tenant, profile)), cancellation);
            var shown = await new HeldEvidence(tables, tenant).ShownAsync(all, cancellation);
            var ledgers = shown.ToLookup(entry => entry.Profile);
            return [.. profiles.Select(profile => ledgers[profile].ToList())];
        });

    public Task<ConsentAppended?> FindRepeatAsync(TenantId tenant, UInt128 requestHash, CancellationToken cancellation) =>
        StoreEngine.ReadAsync(() => FindRepeatAsync(session: null, tenant, requestHash, cancellation));

    public Task<ConsentEntry?> FindConfirmationAsync(TenantId tenant, UInt128 confirmation, CancellationToken cancellation) =>
        StoreEngine.ReadAsync(async () =>
            await tables.Confirmations.FindLiveAsync(session: null, DocumentId.Of(tenant, confirmation), cancellation) is { } waiting
                ? await tables.Ledgers.FindLiveAsync(session: null, DocumentId.Of(tenant, waiting.Profile), waiting.Sequence, cancellation)
                : null);

    private async Task<ConsentAppended?> FindRepeatAsync(WriteSession? session, TenantId tenant, UInt128 requestHash, CancellationToken cancellation)
    {
        if (await tables.ConsentRequests.FindLiveAsync(session, DocumentId.Of(tenant, requestHash), cancellation) is not { } request)
        {
            return null;
        }

        var entry = await tables.Ledgers.FindLiveAsync(session, DocumentId.Of(tenant, request.Profile), request.Sequence, cancellation);
        return entry is null || entry.RequestHash != requestHash ? null : new ConsentAppended(entry, request.ConsentEpoch, IsRepeat: true);
    }
}
