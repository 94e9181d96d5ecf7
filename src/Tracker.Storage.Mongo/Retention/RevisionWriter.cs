using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;
using Tracker.Storage.Mongo.Identities;

namespace Tracker.Storage.Mongo.Retention;

/// <summary>
/// What a review has found of one profile on its way into the store: checked, then gathered in one transaction, because the
/// end of the profile must agree with what is left under it, and its keys with what they open.
/// </summary>
internal sealed class RevisionWriter(StoreTables tables, WriteSession session, ProfileRevision revision)
{
    private readonly DateTimeOffset _now = tables.Engine.Now;
    private readonly string _owner = DocumentId.Of(revision.Tenant, revision.Profile);
    private ContactDocument? _contact;

    /// <returns>False: what the review read is no longer so, and nothing was gathered.</returns>
    public async Task<bool> TryGatherAsync(CancellationToken cancellation)
    {
        var documents = new ProfileDocuments(tables, session, revision.Tenant);
        await documents.ReadAsync([revision.Profile], cancellation);
        _contact = await tables.Contacts.FindAsync(session, _owner, cancellation);
        if (documents.FindControl(revision.Profile) is not { } control || control.DecisionEpoch != revision.ExpectedEpoch || HasContactMoved(control))
        {
            return false;
        }

        var records = await ReviseRecordsAsync(cancellation);
        GatherContact(control);
        await GatherOrdersAsync(cancellation);
        var ledger = await ProfileLedger.ReadAsync(tables, session, _owner, cancellation);
        var emptied = EmptiedClasses(control, records, ledger);
        await ledger.RestampAsync(session, revision, control, cancellation);
        DeleteUnreadable(records, emptied);
        records.Write(session, control.Holds);

        await documents.ReadAsync(control.Identifiers, cancellation);
        var update = ProfileUpdate.OfEnd(control) with
        {
            MayEndEarlier = true,
            DestroyedKeys = emptied,

            // A write that is under way may have sealed something with a key that is destroyed here.
            RaisesEpoch = !emptied.IsEmpty,
        };
        new ProfileWriter(tables, session, documents).Apply(update, control, new[] { revision.IsPart ? control.ExpireAt : _now, records.LatestEnd(), ledger.LatestEnd(), EndOfContact() }.Max());
        GatherErrands();
        return true;
    }

    private async Task<ProfileRecords> ReviseRecordsAsync(CancellationToken cancellation)
    {
        var records = revision.IsPart
            ? await ProfileRecords.ReadAsync(tables, session, revision, cancellation)
            : await ProfileRecords.ReadAsync(tables, session, _owner, cancellation);
        records.Revise(revision);
        return records;
    }

    /// <summary>Of the classes the review found empty, those that still are: what has arrived since keeps its key.</summary>
    private RetentionClasses EmptiedClasses(Control control, ProfileRecords records, ProfileLedger ledger)
    {
        var emptied = revision.EmptiedClasses;
        if (_contact is not null && StoredEnd.IsLiving(_contact.ExpireAt, _now))
        {
            emptied = emptied.Without(RetentionClass.Contact);
        }

        if (!control.SealedAge.IsEmpty || ledger.HasSealedDetails)
        {
            emptied = emptied.Without(RetentionClass.Evidence);
        }

        return records.WithoutLiving(emptied, Holding.ClassesOf(control));
    }

    /// <summary>What has expired and is still stored goes with its key: a hold that is placed later must not save what nobody can open.</summary>
    private void DeleteUnreadable(ProfileRecords records, RetentionClasses destroyed)
    {
        records.DeleteAll(destroyed);
        if (destroyed.Contains(RetentionClass.Contact))
        {
            DeleteContact();
        }
    }

    private bool HasContactMoved(Control control)
    {
        var read = revision.Contact is { } contact ? contact.Version - 1 : revision.ReadContactVersion;
        return read is { } version && version != (KeptContact(control)?.Version ?? 0);
    }

    /// <summary>As the review read it: a hold also keeps what had expired when it was placed but was still stored.</summary>
    private ContactDocument? KeptContact(Control control) =>
        _contact is not null && (StoredEnd.IsLiving(_contact.ExpireAt, _now) || Holding.ClassesOf(control).Contains(RetentionClass.Contact)) ? _contact : null;

    private void GatherContact(Control control)
    {
        if (revision.DeletesContact)
        {
            DeleteContact();
        }
        else if (revision.Contact is { } contact)
        {
            tables.Contacts.Put(session, _owner, contact, ProfileHold.On(RetentionClass.Contact, control.Holds));
            _contact = contact;
        }
    }

    private void DeleteContact()
    {
        tables.Contacts.Delete(session, _owner);
        _contact = null;
    }

    private DateTimeOffset EndOfContact() => LatestEnd.Of(_contact is null ? [] : [_contact.ExpireAt], _now);

    /// <summary>An order that nothing names any more is nobody's.</summary>
    private async Task GatherOrdersAsync(CancellationToken cancellation)
    {
        foreach (var (order, end) in revision.OrderEnds)
        {
            var id = DocumentId.Of(revision.Tenant, order);
            if (await tables.Contracts.FindAsync(session, id, cancellation) is { } link && link.Profile == revision.Profile && link.ExpireAt > end)
            {
                tables.Contracts.Put(session, id, link with { ExpireAt = ExpiryStamps.Later(end, _now) });
            }
        }
    }

    private void GatherErrands()
    {
        foreach (var errand in revision.Done.Except(revision.Next))
        {
            tables.Errands.Remove(session, errand);
        }

        foreach (var errand in revision.Next.Distinct())
        {
            tables.Errands.Add(session, errand);
        }
    }
}
