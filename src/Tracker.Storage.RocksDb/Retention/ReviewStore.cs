using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.RocksDb.Engine;
using Tracker.Storage.RocksDb.Identities;
using Tracker.Storage.RocksDb.Records;

namespace Tracker.Storage.RocksDb.Retention;

internal sealed class ReviewStore(StoreTables tables) : IReviewStore
{
    public Task<IReadOnlyList<InteractionRecord>> ListRecordsAsync(TenantId tenant, ProfileId profile, RecordAddress? after, int limit, CancellationToken cancellation)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var now = tables.Engine.Now;
        var held = Holding.ClassesOf(tables.Controls.FindLive(ProfileKey.Write(buffer, tenant, profile), now));
        List<InteractionRecord> records = [];
        using var range = tables.Records.Range(ProfileKey.Write(buffer, tenant, profile));
        if (after is { } address)
        {
            range.SeekAfter(RecordKey.Write(buffer, tenant, profile, address.OccurredAt, address.Key, address.Class));
        }

        for (; range.IsAtKey && records.Count < limit; range.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            var record = tables.Records.Codec.Deserialize(range.Value);
            if (tables.Records.IsLive(record, now) || held.Contains(record.Class))
            {
                records.Add(record);
            }
        }

        return Task.FromResult<IReadOnlyList<InteractionRecord>>(records);
    }

    public Task<ContactDocument?> FindContactAsync(TenantId tenant, ProfileId profile, CancellationToken cancellation)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var now = tables.Engine.Now;
        var key = ProfileKey.Write(buffer, tenant, profile);
        var held = Holding.ClassesOf(tables.Controls.FindLive(key, now));
        var contact = tables.Contacts.Find(key);
        var isKept = contact is not null && (tables.Contacts.IsLive(contact, now) || held.Contains(RetentionClass.Contact));
        return Task.FromResult(isKept ? contact : null);
    }

    public async Task<bool> ApplyAsync(ProfileRevision revision, CancellationToken cancellation)
    {
        using var session = await tables.Engine.BeginWriteAsync(cancellation);
        FenceCheck.Check(tables, revision.Fence);
        if (!new RevisionWriter(tables, session, revision).TryGather())
        {
            return false;
        }

        session.Commit();
        tables.Engine.NoteDeletion();
        return true;
    }

    public async Task<bool> ChangeHoldsAsync(
        TenantId tenant,
        ProfileId profile,
        long expectedEpoch,
        IReadOnlyList<ProfileHold> holds,
        bool isRestricted,
        IReadOnlyList<Errand> errands,
        CancellationToken cancellation)
    {
        using var session = await tables.Engine.BeginWriteAsync(cancellation);
        var now = tables.Engine.Now;
        var profiles = new ProfileWriter(tables, session, tenant, now);
        if (profiles.FindControl(profile) is not { } control || control.DecisionEpoch != expectedEpoch)
        {
            return false;
        }

        var update = ProfileUpdate.OfEnd(control) with { Holds = holds, IsRestricted = isRestricted, RaisesEpoch = true, Members = control.Members, MayEndEarlier = true };
        profiles.Apply(update, control, new ProfileEnds(tables, tenant, profile, now).Latest());
        foreach (var errand in errands)
        {
            tables.Errands.Add(session, errand);
        }

        session.Commit();
        return true;
    }
}
