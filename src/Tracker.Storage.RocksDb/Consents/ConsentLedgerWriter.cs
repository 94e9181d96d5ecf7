using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;
using Tracker.Storage.RocksDb.Identities;

namespace Tracker.Storage.RocksDb.Consents;

/// <summary>One decision on its way into the ledger of a profile.</summary>
internal sealed class ConsentLedgerWriter(StoreTables tables, WriteSession session, ConsentAppend append)
{
    private readonly DateTimeOffset _now = tables.Engine.Now;
    private readonly NoticeStamps _notices = new(tables, append.Entry.Tenant);
    private DateTimeOffset _until = DateTimeOffset.MinValue;

    private TenantId Tenant => append.Entry.Tenant;

    private ProfileId Profile => append.Entry.Profile;

    public ConsentAppended Gather()
    {
        var profiles = new ProfileWriter(tables, session, Tenant, _now);
        var update = append.ToUpdate();
        var control = profiles.FindControl(Profile);
        if (profiles.IsStale(update, control))
        {
            return new ConsentAppended(null, control?.ConsentEpoch ?? 0, IsRepeat: false);
        }

        var entry = append.Entry with { Sequence = LastSequence() + 1 };
        var epoch = (control?.ConsentEpoch ?? 0) + 1;
        Restamp();
        Put(entry, epoch, replaced: null);
        Wait(entry, epoch);
        _notices.Write(session, _now);
        profiles.Apply(update, control, _until);
        return new ConsentAppended(entry, epoch, IsRepeat: false);
    }

    private long LastSequence()
    {
        var prefix = ProfileKey.Write(stackalloc byte[KeyBuilder.MaxSize], Tenant, Profile);
        using var range = tables.Consents.Range(prefix);
        range.SeekToLast();
        return range.IsAtKey && range.Key.StartsWith(prefix) ? ConsentKey.SequenceOf(range.Key) : 0;
    }

    private void Restamp()
    {
        if (append.Restamped.Count == 0)
        {
            return;
        }

        using var range = tables.Consents.Range(ProfileKey.Write(stackalloc byte[KeyBuilder.MaxSize], Tenant, Profile));
        for (; range.IsAtKey; range.Next())
        {
            var entry = tables.Consents.Codec.Deserialize(range.Value);
            if (!tables.Consents.IsLive(entry, _now))
            {
                continue;
            }

            if (append.Restamped.TryGetValue(entry.Id, out var expireAt))
            {
                Put(entry.Restamped(expireAt), EpochOf(entry), entry);
            }
            else
            {
                _until = Holding.Later(_until, entry.ExpireAt);
            }
        }

        var ends = new ProfileEnds(tables, Tenant, Profile, _now);
        _until = ExpiryStamps.Later(_until, ExpiryStamps.Later(ends.OfRecords(), ends.OfContact()));
    }

    private void Wait(ConsentEntry entry, long epoch)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var waiting = new ConsentRequest(Profile, entry.Sequence, epoch, Holding.Later(DateTimeOffset.MinValue, entry.ExpireAt));
        foreach (var confirmation in append.Confirmations)
        {
            tables.Confirmations.Put(session, ConsentRequestKey.Write(buffer, Tenant, confirmation), waiting, replaced: null);
        }
    }

    private long EpochOf(ConsentEntry entry)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        return tables.ConsentRequests.Find(ConsentRequestKey.Write(buffer, Tenant, entry.RequestHash))?.ConsentEpoch ?? 0;
    }

    private void Put(ConsentEntry entry, long epoch, ConsentEntry? replaced)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        tables.Consents.Put(session, ConsentKey.Write(buffer, Tenant, Profile, entry.Sequence), entry, replaced);

        var end = Holding.Later(DateTimeOffset.MinValue, entry.ExpireAt);
        var request = new ConsentRequest(Profile, entry.Sequence, epoch, end);
        tables.ConsentRequests.Put(session, ConsentRequestKey.Write(buffer, Tenant, entry.RequestHash), request, replaced: null);

        _notices.Note(entry, replaced);
        _until = Holding.Later(_until, end);
    }
}
