using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Consents;

/// <summary>
/// Keeps a notice for as long as anything in a ledger refers to it, and no longer: without an end while one entry has none,
/// then until the last of them ends.
/// </summary>
internal sealed class NoticeStamps(StoreTables tables, TenantId tenant)
{
    private readonly NoticeUses _uses = new();

    public void Note(ConsentEntry entry, ConsentEntry? replaced) => _uses.Note(entry, replaced);

    public async Task WriteAsync(WriteSession session, CancellationToken cancellation)
    {
        foreach (var ((id, version), change) in _uses.Changes)
        {
            await WriteAsync(session, new BsonDocument("_id", DocumentId.OfNotice(tenant, id, version)), change, cancellation);
        }
    }

    private async Task WriteAsync(WriteSession session, BsonDocument id, NoticeUse change, CancellationToken cancellation)
    {
        var notice = await tables.Notices.Find(session, id).FirstOrDefaultAsync(cancellation);
        if (notice is null || !StoredEnd.IsLiving(StoredEnd.Read(notice), tables.Engine.Now))
        {
            return;
        }

        var before = NoticeUseFields.Read(notice);
        var use = before.With(change);
        if (use != before || StoredEnd.Read(notice) != use.End)
        {
            using var moved = new DocumentWriter();
            NoticeUseFields.Write(moved, use);
            moved.Time(StoredEnd.ExpireAt, use.End);
            session.Update(tables.Notices.Collection, id, new BsonDocument("$set", moved.ToDocument()));
        }
    }
}
