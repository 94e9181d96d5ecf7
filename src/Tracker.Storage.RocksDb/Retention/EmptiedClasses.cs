using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.RocksDb.Documents;
using Tracker.Storage.RocksDb.Engine;
using Tracker.Storage.RocksDb.Identities;
using Tracker.Storage.RocksDb.Records;

namespace Tracker.Storage.RocksDb.Retention;

/// <summary>Of the classes a review found empty, those that still are: what has arrived since keeps its key.</summary>
internal sealed class EmptiedClasses(StoreTables tables, ProfileRevision revision, GatheredEnds ends, DateTimeOffset now)
{
    public RetentionClasses LeftEmpty(Control control)
    {
        var emptied = revision.EmptiedClasses;
        if (emptied.Contains(RetentionClass.Contact) && HasContact())
        {
            emptied = emptied.Without(RetentionClass.Contact);
        }

        if (emptied.Contains(RetentionClass.Evidence) && HasEvidence(control))
        {
            emptied = emptied.Without(RetentionClass.Evidence);
        }

        return emptied.IsEmpty ? emptied : WithoutRecords(emptied, Holding.ClassesOf(control));
    }

    private RetentionClasses WithoutRecords(RetentionClasses emptied, RetentionClasses held)
    {
        using var records = tables.Records.Range(ProfileKey.Write(stackalloc byte[KeyBuilder.MaxSize], revision.Tenant, revision.Profile));
        for (; records.IsAtKey && !emptied.IsEmpty; records.Next())
        {
            var member = RecordKey.ClassOf(records.Key);
            var isGone = ends.IsRemoved(records.Key) || (DocumentHead.Codec.Deserialize(records.Value).IsExpired(now) && !held.Contains(member));
            emptied = isGone ? emptied : emptied.Without(member);
        }

        return emptied;
    }

    private bool HasContact()
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var key = ProfileKey.Write(buffer, revision.Tenant, revision.Profile);
        return !ends.IsRemoved(key) && tables.Contacts.FindLive(key, now) is not null;
    }

    private bool HasEvidence(Control control)
    {
        if (!control.SealedAge.IsEmpty)
        {
            return true;
        }

        using var entries = tables.Consents.Range(ProfileKey.Write(stackalloc byte[KeyBuilder.MaxSize], revision.Tenant, revision.Profile));
        for (; entries.IsAtKey; entries.Next())
        {
            var entry = tables.Consents.Codec.Deserialize(entries.Value);
            if (tables.Consents.IsLive(entry, now) && !entry.SealedDetails.IsEmpty)
            {
                return true;
            }
        }

        return false;
    }
}
