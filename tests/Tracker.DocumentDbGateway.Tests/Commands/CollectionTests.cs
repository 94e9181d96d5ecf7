using MongoDB.Bson;
using MongoDB.Driver;

namespace Tracker.DocumentDbGateway.Tests.Commands;

public class CollectionTests(RunningGateway gateway)
{
    private readonly IMongoCollection<BsonDocument> _documents = gateway.NewCollection();

    [Fact]
    public async Task A_validator_refuses_what_its_schema_does_not_allow()
    {
        await CreateWithSchemaAsync();

        var refused = await Assert.ThrowsAsync<MongoWriteException>(() =>
            _documents.InsertOneAsync(new("expire_at", "tomorrow"), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(121, refused.WriteError.Code);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Unordered_a_validator_refuses_some_and_lets_the_others_in()
    {
        await CreateWithSchemaAsync();
        BsonDocument[] documents = [new("expire_at", DateTime.UnixEpoch), new("expire_at", 7), [], new("expire_at", DateTime.UnixEpoch)];

        var refused = await Assert.ThrowsAsync<MongoBulkWriteException<BsonDocument>>(() =>
            _documents.InsertManyAsync(documents, new() { IsOrdered = false }, TestContext.Current.CancellationToken));

        Assert.Equal([(1, 121), (2, 121)], refused.WriteErrors.Select(error => (error.Index, error.Code)));
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task A_validator_holds_for_updates_too()
    {
        await CreateWithSchemaAsync();
        await _documents.InsertOneAsync(new("expire_at", DateTime.UnixEpoch), cancellationToken: TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<MongoWriteException>(() => _documents.UpdateOneAsync(
            _ => true, Builders<BsonDocument>.Update.Unset("expire_at"), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(121, refused.WriteError.Code);
    }

    [Fact]
    public async Task What_has_expired_is_deleted_and_what_has_not_stays()
    {
        await _documents.Indexes.CreateOneAsync(
            new CreateIndexModel<BsonDocument>(Builders<BsonDocument>.IndexKeys.Ascending("expire_at"), new() { ExpireAfter = TimeSpan.Zero }), cancellationToken: TestContext.Current.CancellationToken);
        await _documents.InsertManyAsync(
            [new("expire_at", DateTime.UtcNow.AddMinutes(-1)), new("expire_at", DateTime.UtcNow.AddHours(1))], cancellationToken: TestContext.Current.CancellationToken);

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await CountAsync() == 2)
        {
            await poll.WaitForNextTickAsync(deadline.Token);
        }

        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task A_dropped_collection_is_gone()
    {
        await _documents.InsertOneAsync([], cancellationToken: TestContext.Current.CancellationToken);

        await gateway.Database.DropCollectionAsync(_documents.CollectionNamespace.CollectionName, TestContext.Current.CancellationToken);

        using var names = await gateway.Database.ListCollectionNamesAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.DoesNotContain(_documents.CollectionNamespace.CollectionName, await names.ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_command_that_nobody_knows_is_refused()
    {
        var refused = await Assert.ThrowsAsync<MongoCommandException>(() =>
            gateway.Database.RunCommandAsync<BsonDocument>(new BsonDocument("frobnicate", 1), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal((59, "CommandNotFound"), (refused.Code, refused.CodeName));
    }

    [Fact]
    public async Task A_query_that_may_not_take_so_long_is_ended()
    {
        await _documents.InsertManyAsync(Enumerable.Range(0, 20_000).Select(n => new BsonDocument("n", n)), cancellationToken: TestContext.Current.CancellationToken);
        var slow = new BsonDocument("$expr", BsonDocument.Parse("{ $gt: [{ $reduce: { input: { $range: [0, 20000] }, initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, -1] }"));

        await Assert.ThrowsAsync<MongoExecutionTimeoutException>(() =>
            _documents.Find(slow, new() { MaxTime = TimeSpan.FromMilliseconds(100) }).ToListAsync(TestContext.Current.CancellationToken));
    }

    private Task CreateWithSchemaAsync() => gateway.Database.CreateCollectionAsync(
        _documents.CollectionNamespace.CollectionName,
        new CreateCollectionOptions<BsonDocument>
        {
            Validator = BsonDocument.Parse("{ $jsonSchema: { bsonType: 'object', required: ['expire_at'], properties: { expire_at: { bsonType: 'date' } } } }"),
        },
        TestContext.Current.CancellationToken);

    private Task<long> CountAsync() => _documents.CountDocumentsAsync(_ => true, cancellationToken: TestContext.Current.CancellationToken);
}
