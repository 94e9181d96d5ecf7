using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Engine;
using Tracker.Storage.Mongo.Identities;

namespace Tracker.Storage.Mongo.Consents;

internal sealed class ConsentStore(StoreTables tables) : IConsentStore
{
    // Every consent changes the notice that it was given under (how many refer to it, until when), and many may come under one.
    private readonly Turns _notices = new();

    public async Task<ConsentAppended> AppendAsync(ConsentAppend append, CancellationToken cancellation)
    {
        using var turn = await _notices.TakeAsync(append.Notices.Select(notice => DocumentId.OfNotice(append.Entry.Tenant, notice.Id, notice.Version)), cancellation);
        return await tables.Engine.WriteAsync(
            async (session, token) =>
            {
                await ControlClaim.TakeAsync(tables, session, append.Entry.Tenant, [append.Entry.Profile, .. append.Members], token);
                return await FindRepeatAsync(session, append.Entry.Tenant, append.Entry.RequestHash, token)
                    ?? await new ConsentLedgerWriter(tables, session, append).GatherAsync(token);
            },
            cancellation);
    }

    public Task<IReadOnlyList<IReadOnlyList<ConsentEntry>>> ReadAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) =>
        tables.Engine.WorkAsync<IReadOnlyList<IReadOnlyList<ConsentEntry>>>(async token =>
        {
            var all = await tables.Ledgers.ReadAllAsync(session: null, profiles.Distinct().Select(profile => DocumentId.Of(tenant, profile)), token);
            var shown = await new HeldEvidence(tables, tenant).ShownAsync(all, token);
            var ledgers = shown.ToLookup(entry => entry.Profile);
            return [.. profiles.Select(profile => ledgers[profile].ToList())];
        }, cancellation);

    public Task<ConsentAppended?> FindRepeatAsync(TenantId tenant, UInt128 requestHash, CancellationToken cancellation) =>
        tables.Engine.ReadAsync(token => FindRepeatAsync(session: null, tenant, requestHash, token), cancellation);

    public Task<ConsentEntry?> FindConfirmationAsync(TenantId tenant, UInt128 confirmation, CancellationToken cancellation) =>
        tables.Engine.ReadAsync(async token =>
            await tables.Confirmations.FindLiveAsync(session: null, DocumentId.Of(tenant, confirmation), token) is { } waiting
                ? await tables.Ledgers.FindLiveAsync(session: null, DocumentId.Of(tenant, waiting.Profile), waiting.Sequence, token)
                : null, cancellation);

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
