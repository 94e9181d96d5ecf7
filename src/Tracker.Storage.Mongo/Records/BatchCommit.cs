using Tracker.Core.Ingestion;
using Tracker.Core.Model;

namespace Tracker.Storage.Mongo.Records;

/// <summary>
/// One micro-batch on its way into the store. What is of a person is one transaction: a record and the control document
/// must agree on epoch, keys and end, whatever a withdrawal or a review writes at the same time. So is what is of nobody and
/// has a receipt number, with its links. What else is of nobody agrees with nothing, and is inserted in bulk without one, beside it.
/// </summary>
internal sealed class BatchCommit(StoreTables tables, MicroBatch batch)
{
    private readonly CommitAnswer[] _answers = new CommitAnswer[batch.Interactions.Count];

    public async Task<CommitAnswer[]> WriteAsync(CancellationToken cancellation)
    {
        RefuseUnending();
        var places = Enumerable.Range(0, batch.Interactions.Count).ToLookup(place => (batch.Interactions[place].Profile.IsNone, HasReceipt: batch.Interactions[place].Receipts.Count > 0));
        var ofPersons = WriteAsync([.. places[(false, false)]], writes => WritePersonsAsync(writes, cancellation));
        var receipts = WriteAsync([.. places[(true, true)]], writes => WriteReceiptsAsync(writes, cancellation));
        var ofNobody = WriteAsync([.. places[(true, false)]], writes => new AnonymousCommit(tables, batch, writes).WriteAsync(cancellation));
        await Task.WhenAll(ofPersons, receipts, ofNobody);
        return _answers;
    }

    private Task<CommitAnswer[]> WriteReceiptsAsync(InteractionWrite[] writes, CancellationToken cancellation) =>
        tables.Engine.WriteAsync((session, token) => new ReceiptCommit(tables, session, batch, writes).GatherAsync(token), cancellation);

    /// <summary>
    /// What was looked for a moment ago and not found is not looked for again, unless it turns out to be there, or what was read
    /// is no longer so: then an interaction may be stored already.
    /// </summary>
    private Task<CommitAnswer[]> WritePersonsAsync(InteractionWrite[] writes, CancellationToken cancellation)
    {
        var isCareful = false;
        return tables.Engine.WriteAsync(
            async (session, token) =>
            {
                var answers = isCareful ? [] : await new PersonCommit(tables, session, batch, writes, isCareful: false).GatherAsync(token);
                if (isCareful || answers.Contains(CommitAnswer.Stale))
                {
                    session.Discard();
                    answers = await new PersonCommit(tables, session, batch, writes, isCareful: true).GatherAsync(token);
                }

                isCareful = true;
                return answers;
            },
            cancellation);
    }

    /// <summary>Before anything is written: a batch is refused whole.</summary>
    private void RefuseUnending()
    {
        foreach (var record in batch.Interactions.SelectMany(write => write.Records))
        {
            Holding.RefuseUnending(nameof(InteractionRecord), record.ExpireAt, record.Holds);
        }

        foreach (var contact in batch.Profiles.Select(change => change.Contact).OfType<ContactDocument>())
        {
            Holding.RefuseUnending(nameof(ContactDocument), contact.ExpireAt, contact.Holds);
        }
    }

    private async Task WriteAsync(int[] places, Func<InteractionWrite[], Task<CommitAnswer[]>> write)
    {
        if (places.Length == 0)
        {
            return;
        }

        var answers = await write([.. places.Select(place => batch.Interactions[place])]);
        for (var i = 0; i < places.Length; i++)
        {
            _answers[places[i]] = answers[i];
        }
    }
}
