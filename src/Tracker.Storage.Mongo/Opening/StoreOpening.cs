using MongoDB.Bson;
using MongoDB.Driver;

namespace Tracker.Storage.Mongo.Opening;

/// <summary>
/// Brings the database to what the plans say, at every start: collections, validators, indexes. Several nodes may do it at
/// the same time; each step may be repeated.
/// </summary>
internal sealed class StoreOpening(IMongoDatabase database)
{
    private const int NamespaceExists = 48;
    private const int IndexNotFound = 27;

    public async Task ReconcileAsync(IReadOnlyList<CollectionPlan> plans, CancellationToken cancellation)
    {
        var existing = await (await database.ListCollectionNamesAsync(cancellationToken: cancellation)).ToListAsync(cancellation);
        foreach (var plan in plans)
        {
            await ReconcileAsync(plan, existing.Contains(plan.Name), cancellation);
        }
    }

    private async Task ReconcileAsync(CollectionPlan plan, bool exists, CancellationToken cancellation)
    {
        if (!exists)
        {
            await CreateAsync(plan, cancellation);
        }
        else if (plan.Validator is { } validator)
        {
            await RunAsync(Strict(new BsonDocument("collMod", plan.Name), validator), cancellation);
        }

        var indexes = database.GetCollection<BsonDocument>(plan.Name).Indexes;
        var listed = await (await indexes.ListAsync(cancellation)).ToListAsync(cancellation);
        foreach (var index in plan.Indexes.Where(index => !listed.Any(other => other["name"] == index.Name && index.IsSameAs(other))))
        {
            await ReplaceAsync(plan.Name, index, listed, cancellation);
        }
    }

    private async Task CreateAsync(CollectionPlan plan, CancellationToken cancellation)
    {
        var create = new BsonDocument("create", plan.Name);
        try
        {
            await RunAsync(plan.Validator is { } validator ? Strict(create, validator) : create, cancellation);
        }
        catch (MongoCommandException fault) when (fault.Code == NamespaceExists)
        {
            // Another node was faster.
        }
    }

    /// <summary>One with the same name or the same keys stands in the way of the right one.</summary>
    private async Task ReplaceAsync(string collection, IndexPlan index, List<BsonDocument> listed, CancellationToken cancellation)
    {
        foreach (var wrong in listed.Where(other => other["name"] == index.Name || other["key"].AsBsonDocument == index.Keys))
        {
            try
            {
                await RunAsync(new BsonDocument { { "dropIndexes", collection }, { "index", wrong["name"] } }, cancellation);
            }
            catch (MongoCommandException fault) when (fault.Code == IndexNotFound)
            {
                // Another node was faster.
            }
        }

        await RunAsync(new BsonDocument { { "createIndexes", collection }, { "indexes", new BsonArray { index.Command() } } }, cancellation);
    }

    private static BsonDocument Strict(BsonDocument command, BsonDocument validator) =>
        command.Add("validator", validator).Add("validationLevel", "strict").Add("validationAction", "error");

    private Task<BsonDocument> RunAsync(BsonDocument command, CancellationToken cancellation) =>
        database.RunCommandAsync<BsonDocument>(command, cancellationToken: cancellation);
}
