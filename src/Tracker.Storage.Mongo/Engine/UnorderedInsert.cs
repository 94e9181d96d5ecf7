using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Storage.Mongo.Documents;

namespace Tracker.Storage.Mongo.Engine;

/// <summary>Many documents in one go; one whose key is taken keeps none of the others out.</summary>
internal static class UnorderedInsert
{
    private static readonly InsertManyOptions Unordered = new() { IsOrdered = false };

    /// <returns>Places of the documents whose key was taken.</returns>
    public static async Task<IReadOnlySet<int>> IntoAsync(IMongoCollection<BsonDocument> collection, IReadOnlyCollection<WrittenDocument> documents, CancellationToken cancellation)
    {
        if (documents.Count == 0)
        {
            return new HashSet<int>();
        }

        try
        {
            await collection.Raw().InsertManyAsync(documents.Select(document => document.Body), Unordered, cancellation);
            return new HashSet<int>();
        }
        catch (MongoBulkWriteException fault) when (fault.WriteConcernError is null && fault.WriteErrors.Count > 0 && fault.WriteErrors.All(error => error.Category == ServerErrorCategory.DuplicateKey))
        {
            return fault.WriteErrors.Select(error => error.Index).ToHashSet();
        }
    }
}
