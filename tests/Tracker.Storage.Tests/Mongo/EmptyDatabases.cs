using System.Collections.Concurrent;
using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Storage.Tests.Mongo;
using Tracker.TestServers;

[assembly: AssemblyFixture(typeof(EmptyDatabases))]

namespace Tracker.Storage.Tests.Mongo;

/// <summary>To make all collections takes longer than most tests: so a database whose collections are as a start makes them is emptied and used again.</summary>
public sealed class EmptyDatabases : IAsyncDisposable
{
    private static readonly ConcurrentBag<string> Names = [];

    public static string NewName() => $"tracker_test_{Guid.CreateVersion7():N}";

    public static string Take() => Names.TryTake(out var name) ? name : NewName();

    public static async Task ReturnAsync(IMongoDatabase database)
    {
        foreach (var name in await (await database.ListCollectionNamesAsync()).ToListAsync())
        {
            await database.GetCollection<BsonDocument>(name).DeleteManyAsync(new BsonDocument());
        }

        Names.Add(database.DatabaseNamespace.DatabaseName);
    }

    public async ValueTask DisposeAsync()
    {
        while (Names.TryTake(out var name))
        {
            using var client = new MongoClient((await MongoServer.GetAsync()).Address());
            await client.DropDatabaseAsync(name);
        }
    }
}
