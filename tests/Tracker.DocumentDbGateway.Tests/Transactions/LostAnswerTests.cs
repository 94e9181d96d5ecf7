using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.DocumentDbGateway.Hosting;
using Tracker.TestServers;

namespace Tracker.DocumentDbGateway.Tests.Transactions;

/// <summary>PostgreSQL has done it, and the gateway never learns.</summary>
public sealed class LostAnswerTests : IAsyncLifetime
{
    private readonly string _database = $"gateway_{Guid.CreateVersion7():N}";
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;
    private readonly CuttingProxy _proxy;
    private readonly Gateway _gateway;
    private readonly MongoClient _client;
    private readonly IMongoCollection<BsonDocument> _documents;

    public LostAnswerTests()
    {
        _proxy = new CuttingProxy(DocumentDbServer.Get().Address());
        _gateway = Gateway.Start(new GatewayOptions(_proxy.ConnectionString));
        _client = new MongoClient(_gateway.Address);
        _documents = _client.GetDatabase(_database).GetCollection<BsonDocument>("documents");
    }

    public async ValueTask InitializeAsync() => await _documents.InsertOneAsync(new() { { "_id", 1 }, { "n", 0 } }, cancellationToken: _cancellation);

    public async ValueTask DisposeAsync()
    {
        await _client.DropDatabaseAsync(_database);
        _client.Dispose();
        await _gateway.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task An_update_whose_answer_is_lost_is_repeated_by_the_driver_and_done_once()
    {
        _proxy.CutAfter("documentdb_api.update"u8);

        var result = await _documents.UpdateOneAsync(_ => true, Builders<BsonDocument>.Update.Inc("n", 1), cancellationToken: _cancellation);

        Assert.Equal(1, result.ModifiedCount);
        Assert.Equal(1, await ReadAsync());
    }

    [Fact]
    public async Task A_find_and_modify_whose_answer_is_lost_is_repeated_by_the_driver_and_done_once()
    {
        _proxy.CutAfter("documentdb_api.find_and_modify"u8);

        var after = await _documents.FindOneAndUpdateAsync(
            Builders<BsonDocument>.Filter.Empty,
            Builders<BsonDocument>.Update.Inc("n", 1),
            new FindOneAndUpdateOptions<BsonDocument> { ReturnDocument = ReturnDocument.After },
            _cancellation);

        Assert.Equal(1, after["n"]);
        Assert.Equal(1, await ReadAsync());
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_is_found_out_and_not_done_twice()
    {
        using var session = await _client.StartSessionAsync(cancellationToken: _cancellation);
        var runs = 0;

        await session.WithTransactionAsync(async (current, cancellation) =>
        {
            runs++;
            await _documents.UpdateOneAsync(current, _ => true, Builders<BsonDocument>.Update.Inc("n", 1), cancellationToken: cancellation);
            _proxy.CutAfter("COMMIT"u8);
            return true;
        }, cancellationToken: _cancellation);

        Assert.Equal(1, runs);
        Assert.Equal(1, await ReadAsync());
    }

    [Fact]
    public async Task A_transaction_whose_connection_is_lost_is_begun_again()
    {
        using var session = await _client.StartSessionAsync(cancellationToken: _cancellation);
        var runs = 0;

        await session.WithTransactionAsync(async (current, cancellation) =>
        {
            if (runs++ == 0)
            {
                _proxy.CutAfter("documentdb_api.update"u8);
            }

            await _documents.UpdateOneAsync(current, _ => true, Builders<BsonDocument>.Update.Inc("n", 1), cancellationToken: cancellation);
            return true;
        }, cancellationToken: _cancellation);

        Assert.Equal(2, runs);
        Assert.Equal(1, await ReadAsync());
    }

    private async Task<int> ReadAsync() => (await _documents.Find(_ => true).SingleAsync(_cancellation))["n"].ToInt32();
}
