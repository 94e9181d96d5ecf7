using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Engine;
using Tracker.Storage.Mongo.Identities;

namespace Tracker.Storage.Mongo.Consents;

/// <summary>
/// One decision on its way into the ledger of a profile, in one transaction: the entry and the epoch of the control document
/// must agree, because from the answer on no commit decided without the entry may be accepted.
/// </summary>
internal sealed class ConsentLedgerWriter(StoreTables tables, WriteSession session, ConsentAppend append)
{
    private readonly string _owner = DocumentId.Of(append.Entry.Tenant, append.Entry.Profile);
    private readonly NoticeStamps _notices = new(tables, append.Entry.Tenant);
    private IReadOnlyList<ProfileHold> _holds = [];
    private DateTimeOffset _until = DateTimeOffset.MinValue;

    private TenantId Tenant => append.Entry.Tenant;

    private ProfileId Profile => append.Entry.Profile;

    public async Task<ConsentAppended> GatherAsync(CancellationToken cancellation)
    {
        var documents = new ProfileDocuments(tables, session, Tenant);
        var profiles = new ProfileWriter(tables, session, documents);
        var update = append.ToUpdate();
        await documents.ReadAsync([Profile], cancellation);
        await documents.ReadControlsAsync(update.Members, cancellation);
        await documents.ReadAsync(update.LinkedIdentifiers.Concat(update.LinkedUnderOtherKeys), cancellation);
        var control = documents.FindControl(Profile);
        if (profiles.IsStale(update, control))
        {
            return new ConsentAppended(null, control?.ConsentEpoch ?? 0, IsRepeat: false);
        }

        _holds = control?.Holds ?? [];
        var entry = append.Entry with { Sequence = await tables.Ledgers.LastSequenceAsync(session, _owner, cancellation) + 1 };
        var epoch = (control?.ConsentEpoch ?? 0) + 1;
        await RestampAsync(cancellation);
        Put(entry, epoch);
        await _notices.WriteAsync(session, cancellation);
        await documents.ReadAsync(ProfileWriter.TouchedIdentifiers(update, control, _until), cancellation);
        profiles.Apply(update, control, _until);
        return new ConsentAppended(entry, epoch, IsRepeat: false);
    }

    private async Task RestampAsync(CancellationToken cancellation)
    {
        if (append.Restamped.Count == 0)
        {
            return;
        }

        var stored = await tables.Ledgers.ReadAllAsync(session, [_owner], cancellation);
        foreach (var entry in stored.Where(tables.Ledgers.IsLive))
        {
            Restamp(entry);
        }

        var ends = new ProfileEnds(tables, session, Tenant, Profile);
        _until = new[] { _until, await ends.OfRecordsAsync(cancellation), await ends.OfContactAsync(cancellation) }.Max();
    }

    private void Restamp(ConsentEntry entry)
    {
        if (append.Restamped.TryGetValue(entry.Id, out var expireAt))
        {
            var restamped = entry.Restamped(expireAt);
            Put(restamped, replaced: entry);
            RequestEnds.Move(tables, session, restamped);
        }
        else
        {
            _until = Holding.Later(_until, entry.ExpireAt);
        }
    }

    private void Put(ConsentEntry entry, long epoch)
    {
        Put(entry, replaced: null);
        var request = new ConsentRequest(Profile, entry.Sequence, epoch, Holding.Later(DateTimeOffset.MinValue, entry.ExpireAt));
        tables.ConsentRequests.Put(session, DocumentId.Of(Tenant, entry.RequestHash), request);
        foreach (var confirmation in append.Confirmations)
        {
            tables.Confirmations.Put(session, DocumentId.Of(Tenant, confirmation), request);
        }
    }

    private void Put(ConsentEntry entry, ConsentEntry? replaced)
    {
        tables.Ledgers.Put(session, entry, _holds);
        _notices.Note(entry, replaced);
        _until = Holding.Later(_until, entry.ExpireAt);
    }
}
