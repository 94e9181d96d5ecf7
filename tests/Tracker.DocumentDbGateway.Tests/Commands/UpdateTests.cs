using MongoDB.Bson;
using MongoDB.Driver;

namespace Tracker.DocumentDbGateway.Tests.Commands;

public class UpdateTests(RunningGateway gateway)
{
    private static readonly UpdateDefinitionBuilder<BsonDocument> Update = Builders<BsonDocument>.Update;

    private readonly IMongoCollection<BsonDocument> _documents = gateway.NewCollection();

    [Fact]
    public async Task An_upsert_sets_on_insert_only_what_is_to_be_set_then()
    {
        var change = Update.SetOnInsert("first", 1).Inc("n", 1);

        var first = await UpsertAsync(change);
        var second = await UpsertAsync(change);

        Assert.Equal(1, first.UpsertedId);
        Assert.Null(second.UpsertedId);
        Assert.Equal("{ \"_id\" : 1, \"first\" : 1, \"n\" : 2 }", (await _documents.Find(_ => true).SingleAsync(TestContext.Current.CancellationToken)).ToJson());
    }

    [Fact]
    public async Task What_is_matched_and_what_is_changed_are_counted_apart()
    {
        await _documents.InsertManyAsync([new() { { "_id", 1 }, { "n", 1 } }, new() { { "_id", 2 }, { "n", 2 } }], cancellationToken: TestContext.Current.CancellationToken);

        var result = await _documents.UpdateManyAsync(_ => true, Update.Set("n", 2), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((2, 1), (result.MatchedCount, result.ModifiedCount));
    }

    [Fact]
    public async Task Unordered_upserts_of_the_same_keys_by_many_writers_add_up()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _documents.BulkWriteAsync(
            Enumerable.Range(0, 50).Select(key => new UpdateOneModel<BsonDocument>(Builders<BsonDocument>.Filter.Eq("_id", key), Update.Inc("n", 1)) { IsUpsert = true }),
            new() { IsOrdered = false },
            TestContext.Current.CancellationToken)));

        Assert.All(await _documents.Find(_ => true).ToListAsync(TestContext.Current.CancellationToken), document => Assert.Equal(4, document["n"]));
    }

    [Fact]
    public async Task Find_and_modify_gives_the_document_before_or_after()
    {
        await _documents.InsertOneAsync(new() { { "_id", 1 }, { "n", 1 } }, cancellationToken: TestContext.Current.CancellationToken);

        var before = await ModifyAsync(ReturnDocument.Before);
        var after = await ModifyAsync(ReturnDocument.After);

        Assert.Equal((1, 3), (before["n"], after["n"]));
    }

    [Fact]
    public async Task Find_and_modify_of_nothing_gives_nothing() => Assert.Null(await ModifyAsync(ReturnDocument.After));

    private Task<UpdateResult> UpsertAsync(UpdateDefinition<BsonDocument> change) =>
        _documents.UpdateOneAsync(document => document["_id"] == 1, change, new UpdateOptions { IsUpsert = true }, TestContext.Current.CancellationToken);

    private Task<BsonDocument> ModifyAsync(ReturnDocument which) => _documents.FindOneAndUpdateAsync(
        Builders<BsonDocument>.Filter.Eq("_id", 1), Update.Inc("n", 1), new FindOneAndUpdateOptions<BsonDocument> { ReturnDocument = which }, TestContext.Current.CancellationToken);
}
