using MongoDB.Bson;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Records;

/// <summary>
/// Interactions without a person: first all heads, in one unordered bulk whose duplicates the unique key finds, then the
/// other records of those whose head is ours. A crash in between leaves an interaction half written; a repeat completes it.
/// </summary>
internal sealed class AnonymousCommit(StoreTables tables, MicroBatch batch, IReadOnlyList<InteractionWrite> writes)
{
    /// <summary>How often what vanishes between an insert and a look is inserted again.</summary>
    private const int MaxRaces = 10;

    private readonly CommitAnswer?[] _answers = new CommitAnswer?[writes.Count];

    public Task<CommitAnswer[]> WriteAsync(CancellationToken cancellation) => tables.Engine.WorkAsync(async token =>
    {
        for (var race = 0; race < MaxRaces && Open().Length > 0; race++)
        {
            await AnswerStoredAsync(token);
            await InsertAsync(Open(), token);
        }

        return _answers.Select(answer => answer ?? throw new InvalidOperationException("Interactions vanish as fast as they are written.")).ToArray();
    }, cancellation);

    private int[] Open() => [.. Enumerable.Range(0, writes.Count).Where(place => _answers[place] is null)];

    /// <summary>Those that are there already; what has expired makes room.</summary>
    private async Task AnswerStoredAsync(CancellationToken cancellation)
    {
        var now = tables.Engine.Now;
        var heads = await tables.Records.FindHeadsAsync(session: null, Open().Select(place => writes[place].Key), cancellation);
        foreach (var place in Open())
        {
            if (!heads.TryGetValue(writes[place].Key, out var head))
            {
                continue;
            }

            var standing = InteractionHead.StandingOf(head, batch, now);
            if (standing == InteractionStanding.Fresh)
            {
                await tables.Records.Collection.DeleteManyAsync(Expired(head.Key, now), cancellation);
                continue;
            }

            _answers[place] = standing == InteractionStanding.Own ? CommitAnswer.Stored : CommitAnswer.Duplicate;
            if (head.Classes.Count > 1)
            {
                await CompleteAsync(writes[place], cancellation);
            }
        }
    }

    private static BsonDocument Expired(InteractionKey key, DateTimeOffset now)
    {
        var filter = RecordId.Within(key);
        filter.AddRange(StoredEnd.Passed(StoredEnd.ExpireAt, now));
        return filter;
    }

    private async Task InsertAsync(int[] open, CancellationToken cancellation)
    {
        // Two of one key in a batch: the first is inserted, the second finds it in the next round.
        int[] places = [.. open.DistinctBy(place => writes[place].Key)];
        // Before what they are about: an errand too many finds nothing to do.
        await tables.Errands.AddAsync([.. places.SelectMany(place => writes[place].Errands())], cancellation);
        List<WrittenDocument>[] documents = [.. places.Select(place => tables.Records.New(writes[place], batch.Id).Documents(holds: []))];
        var taken = await UnorderedInsert.IntoAsync(tables.Records.Collection, [.. documents.Select(interaction => interaction[0])], cancellation);
        List<WrittenDocument> others = [];
        for (var i = 0; i < places.Length; i++)
        {
            if (!taken.Contains(i))
            {
                _answers[places[i]] = CommitAnswer.Stored;
                others.AddRange(documents[i].Skip(1));
            }
        }

        await UnorderedInsert.IntoAsync(tables.Records.Collection, others, cancellation);
    }

    private Task<bool> CompleteAsync(InteractionWrite write, CancellationToken cancellation) => tables.Engine.WriteAsync(
        async (session, token) => await new HalfWritten(tables, session).CompleteAsync(write, change: null, holds: [], token) is not null,
        cancellation);
}
