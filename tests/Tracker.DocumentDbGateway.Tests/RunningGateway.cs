using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.DocumentDbGateway.Hosting;
using Tracker.TestServers;

namespace Tracker.DocumentDbGateway.Tests;

/// <summary>The one gateway of this process and a database on it; without PostgreSQL the test that asks is skipped.</summary>
public sealed class RunningGateway : IAsyncDisposable
{
    private readonly Lazy<Gateway> _gateway = new(() => Gateway.Start(new GatewayOptions(DocumentDbServer.Get().Address())));
    private readonly Lazy<MongoClient> _client;
    private readonly string _database = $"gateway_{Guid.CreateVersion7():N}";

    public RunningGateway() => _client = new(Connect);

    public Gateway Gateway => _gateway.Value;

    public MongoClient Client => _client.Value;

    public IMongoDatabase Database => Client.GetDatabase(_database);

    public IMongoCollection<BsonDocument> NewCollection() => Database.GetCollection<BsonDocument>($"c{Guid.CreateVersion7():N}");

    public async ValueTask DisposeAsync()
    {
        if (_client.IsValueCreated)
        {
            await Client.DropDatabaseAsync(_database);
            Client.Dispose();
        }

        if (_gateway.IsValueCreated)
        {
            await Gateway.DisposeAsync();
        }
    }

    // A transaction that meets a database born meanwhile has to begin again: this one is there before any test.
    private MongoClient Connect()
    {
        var client = new MongoClient(Gateway.Address);
        client.GetDatabase(_database).CreateCollection("first");
        return client;
    }
}
