using MongoDB.Bson;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Records;

/// <summary>Sales of nobody that have a receipt number: records and links in one transaction, so that neither is ever without the other.</summary>
internal sealed class ReceiptCommit(StoreTables tables, WriteSession session, MicroBatch batch, IReadOnlyList<InteractionWrite> writes)
{
    private readonly HashSet<InteractionKey> _stored = [];
    private HashSet<Errand> _errands = [];

    public async Task<CommitAnswer[]> GatherAsync(CancellationToken cancellation)
    {
        var now = tables.Engine.Now;
        var heads = await tables.Records.FindHeadsAsync(session, writes.Select(write => write.Key), cancellation);

        // What is not there is inserted: of an interaction that is new it rarely is.
        BsonValue[] links = [.. writes.SelectMany(write => write.Links()).Select(link => DocumentId.OfReceipt(link.Tenant, link.Receipt, link.Interaction))];
        await tables.Receipts.FindLiveAsync(session, links, cancellation);
        _errands = await tables.Errands.FindAsync(session, [.. writes.SelectMany(write => write.Errands())], cancellation);
        var answers = new CommitAnswer[writes.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            answers[i] = await AnswerAsync(writes[i], heads.GetValueOrDefault(writes[i].Key), now, cancellation);
        }

        return answers;
    }

    private async Task<CommitAnswer> AnswerAsync(InteractionWrite write, InteractionHead? head, DateTimeOffset now, CancellationToken cancellation)
    {
        var standing = InteractionHead.StandingOf(head, batch, now);
        if (standing == InteractionStanding.Fresh && _stored.Add(write.Key))
        {
            Store(write, makesRoom: head is not null);
        }
        else if (head?.Classes.Count > 1)
        {
            // Half written by a version that had no links yet.
            await new HalfWritten(tables, session).CompleteAsync(write, change: null, holds: [], cancellation);
        }

        return standing == InteractionStanding.Duplicate ? CommitAnswer.Duplicate : CommitAnswer.Stored;
    }

    private void Store(InteractionWrite write, bool makesRoom)
    {
        if (makesRoom)
        {
            session.DeleteAll(tables.Records.Collection, RecordId.Within(write.Key));
        }

        foreach (var document in tables.Records.New(write, batch.Id).Documents(holds: []))
        {
            session.Insert(tables.Records.Collection, document);
        }

        foreach (var link in write.Links())
        {
            tables.Receipts.Put(session, DocumentId.OfReceipt(link.Tenant, link.Receipt, link.Interaction), link);
        }

        foreach (var errand in write.Errands().Where(_errands.Add))
        {
            tables.Errands.Add(session, errand);
        }
    }
}
