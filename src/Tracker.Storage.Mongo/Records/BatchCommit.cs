using Tracker.Core.Ingestion;
using Tracker.Core.Model;

namespace Tracker.Storage.Mongo.Records;

/// <summary>
/// One micro-batch on its way into the store. What is of a person is one transaction: a record and the control document
/// must agree on epoch, keys and end, whatever a withdrawal or a review writes at the same time. What is of nobody agrees
/// with nothing, and is inserted in bulk without one.
/// </summary>
internal sealed class BatchCommit
{
    private readonly StoreTables _tables;
    private readonly MicroBatch _batch;
    private readonly int[] _ofPersons;
    private readonly int[] _ofNobody;

    public BatchCommit(StoreTables tables, MicroBatch batch)
    {
        _tables = tables;
        _batch = batch;
        _ofPersons = [.. Places(write => !write.Profile.IsNone)];
        _ofNobody = [.. Places(write => write.Profile.IsNone)];
    }

    public async Task<CommitAnswer[]> WriteAsync(CancellationToken cancellation)
    {
        RefuseUnending();
        var answers = new CommitAnswer[_batch.Interactions.Count];
        if (_ofPersons.Length > 0)
        {
            Fill(answers, _ofPersons, await _tables.Engine.WriteAsync(
                session => new PersonCommit(_tables, session, _batch, WritesAt(_ofPersons)).GatherAsync(cancellation),
                cancellation));
        }

        if (_ofNobody.Length > 0)
        {
            Fill(answers, _ofNobody, await new AnonymousCommit(_tables, _batch, WritesAt(_ofNobody)).WriteAsync(cancellation));
        }

        return answers;
    }

    /// <summary>Before anything is written: a batch is refused whole.</summary>
    private void RefuseUnending()
    {
        foreach (var record in _batch.Interactions.SelectMany(write => write.Records))
        {
            Holding.RefuseUnending(nameof(InteractionRecord), record.ExpireAt, record.Holds);
        }

        foreach (var contact in _batch.Profiles.Select(change => change.Contact).OfType<ContactDocument>())
        {
            Holding.RefuseUnending(nameof(ContactDocument), contact.ExpireAt, contact.Holds);
        }
    }

    private IEnumerable<int> Places(Func<InteractionWrite, bool> isAsked) =>
        Enumerable.Range(0, _batch.Interactions.Count).Where(place => isAsked(_batch.Interactions[place]));

    private InteractionWrite[] WritesAt(int[] places) => [.. places.Select(place => _batch.Interactions[place])];

    private static void Fill(CommitAnswer[] answers, int[] places, CommitAnswer[] some)
    {
        for (var i = 0; i < places.Length; i++)
        {
            answers[places[i]] = some[i];
        }
    }
}
