using MongoDB.Bson;
using MongoDB.Driver;

namespace Tracker.DocumentDbGateway.Tests.Commands;

public class IndexTests(RunningGateway gateway)
{
    private static readonly IndexKeysDefinition<BsonDocument> ByName = Builders<BsonDocument>.IndexKeys.Ascending("name");

    private readonly IMongoCollection<BsonDocument> _documents = gateway.NewCollection();

    [Fact]
    public async Task A_unique_index_refuses_a_second_document_by_its_name()
    {
        await CreateAsync(new() { Unique = true, Name = "only_one" });
        await InsertAsync(1, "ada");

        var refused = await Assert.ThrowsAsync<MongoWriteException>(() => InsertAsync(2, "ada"));

        Assert.Equal((11000, ServerErrorCategory.DuplicateKey), (refused.WriteError.Code, refused.WriteError.Category));
        Assert.Contains("index: only_one", refused.WriteError.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unique_index_holds_for_an_update_and_for_find_and_modify()
    {
        await CreateAsync(new() { Unique = true, Name = "only_one" });
        await InsertAsync(1, "ada");
        await InsertAsync(2, "bob");
        var rename = Builders<BsonDocument>.Update.Set("name", "ada");

        var updated = await Assert.ThrowsAsync<MongoWriteException>(() => _documents.UpdateOneAsync(Two(), rename, cancellationToken: TestContext.Current.CancellationToken));
        var modified = await Assert.ThrowsAsync<MongoCommandException>(() => _documents.FindOneAndUpdateAsync(Two(), rename, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal((11000, 11000), (updated.WriteError.Code, modified.Code));
        Assert.Contains("index: only_one", modified.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partial_unique_index_holds_where_its_filter_does()
    {
        var filter = Builders<BsonDocument>.Filter.Eq("active", true);
        await CreateAsync(new CreateIndexOptions<BsonDocument> { Unique = true, PartialFilterExpression = filter });
        await InsertAsync(1, "ada", active: true);
        await InsertAsync(2, "ada");

        var refused = await Assert.ThrowsAsync<MongoWriteException>(() => InsertAsync(3, "ada", active: true));

        Assert.Equal(11000, refused.WriteError.Code);
    }

    [Fact]
    public async Task A_unique_index_is_not_built_over_duplicates()
    {
        await InsertAsync(1, "ada");
        await InsertAsync(2, "ada");

        var refused = await Assert.ThrowsAsync<MongoCommandException>(() => CreateAsync(new() { Unique = true }));

        Assert.Equal((11000, "DuplicateKey"), (refused.Code, refused.CodeName));
    }

    [Fact]
    public async Task The_same_index_twice_is_one_and_another_under_its_name_is_refused()
    {
        await CreateAsync(new() { Name = "by_name" });
        await CreateAsync(new() { Name = "by_name" });

        var refused = await Assert.ThrowsAsync<MongoCommandException>(() => _documents.Indexes.CreateOneAsync(
            new CreateIndexModel<BsonDocument>(Builders<BsonDocument>.IndexKeys.Ascending("other"), new() { Name = "by_name" }), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(86, refused.Code);
        using var indexes = await _documents.Indexes.ListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["_id_", "by_name"], (await indexes.ToListAsync(TestContext.Current.CancellationToken)).Select(index => index["name"].AsString));
    }

    [Fact]
    public async Task A_dropped_index_is_gone_and_an_unknown_one_is_told_so()
    {
        await CreateAsync(new() { Name = "by_name" });

        await _documents.Indexes.DropOneAsync("by_name", TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<MongoCommandException>(() => _documents.Indexes.DropOneAsync("by_name", TestContext.Current.CancellationToken));

        Assert.Equal(27, refused.Code);
    }

    [Fact]
    public async Task Many_may_create_the_same_collection_and_index_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => CreateAsync(new() { Name = "by_name" })));

        using var indexes = await _documents.Indexes.ListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, (await indexes.ToListAsync(TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task A_sorted_find_is_explained_by_the_index_that_serves_it()
    {
        await CreateAsync(new() { Name = "by_name" });
        await _documents.InsertManyAsync(Enumerable.Range(0, 2_000).Select(n => new BsonDocument("name", $"n{n}")), cancellationToken: TestContext.Current.CancellationToken);

        var plan = await gateway.Database.RunCommandAsync<BsonDocument>(new BsonDocument("explain", new BsonDocument
        {
            { "find", _documents.CollectionNamespace.CollectionName },
            { "filter", new BsonDocument("name", new BsonDocument("$gt", "n5")) },
            { "sort", new BsonDocument("name", 1) },
            { "limit", 10 },
        }), cancellationToken: TestContext.Current.CancellationToken);

        var text = plan["queryPlanner"]["plan"].ToJson();
        Assert.Contains("by_name", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Seq Scan\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Sort\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_find_without_an_index_is_explained_as_a_scan_of_the_collection()
    {
        await InsertAsync(1, "ada");

        var plan = await gateway.Database.RunCommandAsync<BsonDocument>(new BsonDocument("explain", new BsonDocument
        {
            { "find", _documents.CollectionNamespace.CollectionName },
            { "filter", new BsonDocument("name", "ada") },
        }), cancellationToken: TestContext.Current.CancellationToken);

        Assert.DoesNotContain("by_name", plan["queryPlanner"]["plan"].ToJson(), StringComparison.Ordinal);
    }

    private static FilterDefinition<BsonDocument> Two() => Builders<BsonDocument>.Filter.Eq("_id", 2);

    private Task<string> CreateAsync(CreateIndexOptions options) =>
        _documents.Indexes.CreateOneAsync(new CreateIndexModel<BsonDocument>(ByName, options), cancellationToken: TestContext.Current.CancellationToken);

    private Task InsertAsync(int id, string name, bool active = false) =>
        _documents.InsertOneAsync(new() { { "_id", id }, { "name", name }, { "active", active } }, cancellationToken: TestContext.Current.CancellationToken);
}
