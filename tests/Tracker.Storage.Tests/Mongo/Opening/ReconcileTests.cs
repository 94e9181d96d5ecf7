using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Storage.Mongo;
using Tracker.Storage.Mongo.Opening;

namespace Tracker.Storage.Tests.Mongo.Opening;

public sealed class ReconcileTests : IAsyncLifetime
{
    private readonly MongoStorage _storage = new() { IsMadeAnew = true };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IMongoCollection<BsonDocument> Records => _storage.Database.GetCollection<BsonDocument>("records");

    public async ValueTask InitializeAsync() => await _storage.StartAsync();

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    [Trait("Compliance", "R-012")]
    public async Task Every_collection_with_an_end_is_expired_by_the_server_at_that_end()
    {
        using var store = await OpenAsync();

        foreach (var plan in CollectionPlan.All(isExpiredByServer: true).Where(plan => plan.Validator is not null))
        {
            Assert.Equal(0, (await FindIndexAsync(_storage.Database.GetCollection<BsonDocument>(plan.Name), "expire_at"))?["expireAfterSeconds"].ToInt32());
        }
    }

    [Theory]
    [InlineData("expire_at", 3_600)]
    [InlineData("expire_at", null)]
    [InlineData("another_name", 3_600)]
    public async Task Index_of_the_end_that_was_changed_is_put_right_at_the_next_start(string name, int? seconds)
    {
        await Records.Indexes.DropOneAsync("expire_at", Cancellation);
        var options = new CreateIndexOptions { Name = name, ExpireAfter = seconds is { } after ? TimeSpan.FromSeconds(after) : null };
        await Records.Indexes.CreateOneAsync(new CreateIndexModel<BsonDocument>(new BsonDocument("expire_at", 1), options), cancellationToken: Cancellation);

        using var store = await OpenAsync();

        Assert.Equal(0, (await FindIndexAsync(Records, "expire_at"))?["expireAfterSeconds"].ToInt32());
        Assert.Equal(["_id_", "expire_at", "timeline"], await NamesAsync());
    }

    [Fact]
    public async Task Index_that_is_missing_is_made_and_one_of_somebody_else_is_left_alone()
    {
        await Records.Indexes.DropOneAsync("timeline", Cancellation);
        await Records.Indexes.CreateOneAsync(new CreateIndexModel<BsonDocument>(new BsonDocument("type", 1), new CreateIndexOptions { Name = "of_an_operator" }), cancellationToken: Cancellation);

        using var store = await OpenAsync();

        Assert.Equal(["_id_", "expire_at", "of_an_operator", "timeline"], await NamesAsync());
    }

    [Fact]
    public async Task Validator_that_was_taken_away_is_back_at_the_next_start()
    {
        await _storage.Database.RunCommandAsync<BsonDocument>(new BsonDocument { { "collMod", "records" }, { "validator", new BsonDocument() } }, cancellationToken: Cancellation);

        using var store = await OpenAsync();

        await Assert.ThrowsAsync<MongoWriteException>(() => Records.InsertOneAsync(new BsonDocument("type", "without an end"), cancellationToken: Cancellation));
    }

    [Fact]
    public async Task Nodes_may_start_at_the_same_time_on_an_empty_database()
    {
        await _storage.Database.Client.DropDatabaseAsync(_storage.DatabaseName, Cancellation);

        var stores = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => OpenAsync()));

        Assert.Equal(["_id_", "expire_at", "timeline"], await NamesAsync());
        Assert.All(stores, store => store.Dispose());
    }

    [Fact]
    public async Task Database_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        var meta = _storage.Database.GetCollection<BsonDocument>("meta");
        await meta.UpdateOneAsync(new BsonDocument("_id", "store"), new BsonDocument("$set", new BsonDocument("format", StoreFormat.Current + 1)), cancellationToken: Cancellation);
        await Records.Indexes.DropOneAsync("timeline", Cancellation);

        var refused = await Assert.ThrowsAsync<StoreOpenException>(OpenAsync);

        Assert.Contains($"format {StoreFormat.Current + 1}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["_id_", "expire_at"], await NamesAsync());
    }

    private Task<MongoStore> OpenAsync() => _storage.OpenAsync(_storage.Time, isExpiredByServer: true);

    private async Task<BsonDocument?> FindIndexAsync(IMongoCollection<BsonDocument> collection, string name) =>
        (await (await collection.Indexes.ListAsync(Cancellation)).ToListAsync(Cancellation)).FirstOrDefault(index => index["name"] == name);

    private async Task<IEnumerable<string>> NamesAsync() =>
        (await (await Records.Indexes.ListAsync(Cancellation)).ToListAsync(Cancellation)).Select(index => index["name"].AsString).Order(StringComparer.Ordinal);
}
