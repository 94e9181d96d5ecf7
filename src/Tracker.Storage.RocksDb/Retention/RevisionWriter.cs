using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.RocksDb.Engine;
using Tracker.Storage.RocksDb.Identities;

namespace Tracker.Storage.RocksDb.Retention;

/// <summary>What a review has found of one profile on its way into the store: checked, then gathered in the session.</summary>
internal sealed class RevisionWriter(StoreTables tables, WriteSession session, ProfileRevision revision)
{
    private readonly DateTimeOffset _now = tables.Engine.Now;
    private readonly GatheredEnds _ends = new();

    /// <returns>False: what the review read is no longer so, and nothing was gathered.</returns>
    public bool TryGather()
    {
        if (revision.Profile.IsNone)
        {
            new RecordRevision(tables, session, revision, _ends).GatherUnowned(_now);
            GatherErrands();
            return true;
        }

        var profiles = new ProfileWriter(tables, session, revision.Tenant, _now);
        if (profiles.FindControl(revision.Profile) is not { } control || control.DecisionEpoch != revision.ExpectedEpoch || HasContactMoved(control))
        {
            return false;
        }

        var records = new RecordRevision(tables, session, revision, _ends);
        records.Gather(_now);
        GatherContact();
        GatherOrders();
        new LedgerRevision(tables, session, revision, _ends).Gather(control, _now);
        var destroyed = new EmptiedClasses(tables, revision, _ends, _now).LeftEmpty(control);
        DeleteUnreadable(records, destroyed);
        var update = ProfileUpdate.OfEnd(control) with
        {
            MayEndEarlier = true,
            DestroyedKeys = destroyed,

            // A write that is under way may have sealed something with a key that is destroyed here.
            RaisesEpoch = !destroyed.IsEmpty,
        };
        profiles.Apply(update, control, revision.IsPart ? ExpiryStamps.Later(control.ExpireAt, _ends.Latest) : Ends().Latest());
        GatherErrands();
        return true;
    }

    private ProfileEnds Ends() => new(tables, revision.Tenant, revision.Profile, _now, _ends);

    /// <summary>What has expired and is still stored goes with its key: a hold that is placed later must not save what nobody can open.</summary>
    private void DeleteUnreadable(RecordRevision records, RetentionClasses destroyed)
    {
        records.DeleteAll(destroyed);
        records.RestampInteractions();
        if (destroyed.Contains(RetentionClass.Contact))
        {
            DeleteContact();
        }
    }

    private bool HasContactMoved(Control control)
    {
        var read = revision.Contact is { } contact ? contact.Version - 1 : revision.ReadContactVersion;
        return read is { } version && version != (FindContact(control)?.Version ?? 0);
    }

    /// <summary>As the review read it: a hold also keeps what had expired when it was placed but was still stored.</summary>
    private ContactDocument? FindContact(Control control)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var contact = tables.Contacts.Find(ProfileKey.Write(buffer, revision.Tenant, revision.Profile));
        var isKept = contact is not null && (tables.Contacts.IsLive(contact, _now) || Holding.ClassesOf(control).Contains(RetentionClass.Contact));
        return isKept ? contact : null;
    }

    private void GatherContact()
    {
        if (revision.DeletesContact)
        {
            DeleteContact();
        }
        else if (revision.Contact is { } contact)
        {
            Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
            var key = ProfileKey.Write(buffer, revision.Tenant, revision.Profile);
            tables.Contacts.Put(session, key, contact, tables.Contacts.Find(key));
            _ends.Set(key, contact.ExpireAt);
        }
    }

    private void DeleteContact()
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var key = ProfileKey.Write(buffer, revision.Tenant, revision.Profile);
        tables.Contacts.Delete(session, key, tables.Contacts.Find(key));
        _ends.Remove(key);
    }

    /// <summary>An order that nothing names any more is nobody's.</summary>
    private void GatherOrders()
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        foreach (var (order, end) in revision.OrderEnds)
        {
            var key = ContractKey.Write(buffer, revision.Tenant, order);
            if (tables.Contracts.Find(key) is { } link && link.Profile == revision.Profile && link.ExpireAt > end)
            {
                tables.Contracts.Put(session, key, link with { ExpireAt = ExpiryStamps.Later(end, _now) }, link);
            }
        }
    }

    private void GatherErrands()
    {
        foreach (var errand in revision.Done)
        {
            tables.Errands.Remove(session, errand);
        }

        foreach (var errand in revision.Next)
        {
            tables.Errands.Add(session, errand);
        }
    }
}
