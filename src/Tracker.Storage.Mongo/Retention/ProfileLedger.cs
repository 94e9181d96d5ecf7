using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.Mongo.Consents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Retention;

/// <summary>The ledger of a profile while a transaction changes it: only the day an entry is deleted ever changes.</summary>
internal sealed class ProfileLedger(StoreTables tables, List<ConsentEntry> entries)
{
    public static async Task<ProfileLedger> ReadAsync(StoreTables tables, WriteSession session, string owner, CancellationToken cancellation) =>
        new(tables, await tables.Ledgers.ReadAllAsync(session, [owner], cancellation));

    public bool HasSealedDetails => entries.Any(entry => tables.Ledgers.IsLive(entry) && !entry.SealedDetails.IsEmpty);

    public DateTimeOffset LatestEnd() => Documents.LatestEnd.Of(entries.Select(entry => entry.ExpireAt), tables.Engine.Now);

    public async Task RestampAsync(WriteSession session, ProfileRevision revision, Control control, CancellationToken cancellation)
    {
        var notices = new NoticeStamps(tables, revision.Tenant);
        var isHeld = Holding.ClassesOf(control).Contains(RetentionClass.Evidence);
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            if ((isHeld || tables.Ledgers.IsLive(entry)) && revision.RestampedEntries.TryGetValue(entry.Id, out var expireAt))
            {
                entries[i] = entry.Reviewed(expireAt, control);
                tables.Ledgers.Put(session, entries[i], control.Holds);
                RequestEnds.Move(tables, session, entries[i]);
                notices.Note(entries[i], entry);
            }
        }

        await notices.WriteAsync(session, cancellation);
    }

    /// <summary>Every entry is written anew, because what it is held by has changed.</summary>
    public void WriteAll(WriteSession session, IReadOnlyList<ProfileHold> holds)
    {
        foreach (var entry in entries)
        {
            tables.Ledgers.Put(session, entry, holds);
        }
    }
}
