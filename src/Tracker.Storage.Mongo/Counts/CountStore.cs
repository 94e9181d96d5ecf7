using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Core.Ingestion;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Counts;

internal sealed class CountStore(StoreTables tables) : ICountStore
{
    public Task<IReadOnlyList<CommitAnswer>> AppendAsync(IReadOnlyList<CountRecord> counts, CancellationToken cancellation) =>
        tables.Engine.WorkAsync<IReadOnlyList<CommitAnswer>>(async token =>
        {
            WrittenDocument[] documents = [.. counts.Select(count => tables.Counts.Codec.Write(DocumentId.OfCount(count), count, heldBy: []))];
            await DeleteExpiredAsync(documents, token);
            var taken = await UnorderedInsert.IntoAsync(tables.Counts.Collection, documents, token);
            return [.. documents.Select((_, index) => taken.Contains(index) ? CommitAnswer.Duplicate : CommitAnswer.Stored)];
        }, cancellation);

    /// <summary>What has expired and still occupies its key makes room.</summary>
    private Task<DeleteResult> DeleteExpiredAsync(WrittenDocument[] documents, CancellationToken cancellation)
    {
        var filter = StoredEnd.Passed(StoredEnd.ExpireAt, tables.Engine.Now);
        filter.Add("_id", new BsonDocument("$in", new BsonArray(documents.Select(document => document.Id))));
        return tables.Counts.Collection.DeleteManyAsync(filter, cancellation);
    }
}
