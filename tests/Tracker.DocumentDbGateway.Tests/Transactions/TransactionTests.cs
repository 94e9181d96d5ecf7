using MongoDB.Bson;
using MongoDB.Driver;

namespace Tracker.DocumentDbGateway.Tests.Transactions;

public class TransactionTests(RunningGateway gateway)
{
    private static readonly UpdateDefinition<BsonDocument> Increment = Builders<BsonDocument>.Update.Inc("n", 1);

    private readonly IMongoCollection<BsonDocument> _one = gateway.NewCollection();
    private readonly IMongoCollection<BsonDocument> _other = gateway.NewCollection();
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_committed_is_seen_whole_and_not_before()
    {
        using var session = await BeginAsync();
        await _one.InsertOneAsync(session, new("_id", 1), cancellationToken: _cancellation);
        await _other.InsertOneAsync(session, new("_id", 1), cancellationToken: _cancellation);
        var before = await CountAsync();

        await session.CommitTransactionAsync(_cancellation);

        Assert.Equal((0, 2), (before, await CountAsync()));
    }

    [Fact]
    public async Task Of_what_is_aborted_nothing_is_left()
    {
        using var session = await BeginAsync();
        await _one.InsertOneAsync(session, new("_id", 1), cancellationToken: _cancellation);
        await _other.InsertOneAsync(session, new("_id", 1), cancellationToken: _cancellation);

        await session.AbortTransactionAsync(_cancellation);

        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task A_duplicate_aborts_all_of_it()
    {
        await _one.InsertOneAsync(new("_id", 1), cancellationToken: _cancellation);
        using var session = await BeginAsync();
        await _other.InsertOneAsync(session, new("_id", 1), cancellationToken: _cancellation);

        var refused = await Assert.ThrowsAsync<MongoWriteException>(() => _one.InsertOneAsync(session, new("_id", 1), cancellationToken: _cancellation));
        var committed = await Assert.ThrowsAsync<MongoCommandException>(() => session.CommitTransactionAsync(_cancellation));

        Assert.Equal((11000, 251), (refused.WriteError.Code, committed.Code));
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Who_changes_what_another_has_changed_meanwhile_is_told_to_begin_again()
    {
        await _one.InsertOneAsync(new() { { "_id", 1 }, { "n", 0 } }, cancellationToken: _cancellation);
        using var session = await BeginAsync();
        await _one.Find(session, _ => true).SingleAsync(_cancellation);
        await _one.UpdateOneAsync(_ => true, Increment, cancellationToken: _cancellation);

        var refused = await Assert.ThrowsAsync<MongoCommandException>(() => _one.UpdateOneAsync(session, _ => true, Increment, cancellationToken: _cancellation));

        Assert.Equal((112, "WriteConflict"), (refused.Code, refused.CodeName));
        Assert.True(refused.HasErrorLabel("TransientTransactionError"));
    }

    [Fact]
    public async Task Contending_transactions_all_take_effect_once()
    {
        await _one.InsertOneAsync(new() { { "_id", 1 }, { "n", 0 } }, cancellationToken: _cancellation);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(async writer =>
        {
            using var session = await gateway.Client.StartSessionAsync(cancellationToken: _cancellation);
            for (var turn = 0; turn < 4; turn++)
            {
                var id = (writer * 4) + turn;
                await session.WithTransactionAsync(async (current, cancellation) =>
                {
                    var read = await _one.Find(current, _ => true).SingleAsync(cancellation);
                    await _one.UpdateOneAsync(current, _ => true, Builders<BsonDocument>.Update.Set("n", read["n"].AsInt32 + 1), cancellationToken: cancellation);
                    await _other.InsertOneAsync(current, new("_id", id), cancellationToken: cancellation);
                    return true;
                }, cancellationToken: _cancellation);
            }
        }));

        Assert.Equal(24, (await _one.Find(_ => true).SingleAsync(_cancellation))["n"]);
        Assert.Equal(24, await _other.CountDocumentsAsync(_ => true, cancellationToken: _cancellation));
    }

    [Fact]
    public async Task A_collection_may_be_born_inside()
    {
        using var session = await BeginAsync();
        await gateway.Database.CreateCollectionAsync(session, _one.CollectionNamespace.CollectionName, cancellationToken: _cancellation);
        await _one.InsertOneAsync(session, new("_id", 1), cancellationToken: _cancellation);

        await session.CommitTransactionAsync(_cancellation);

        Assert.Equal(1, await CountAsync());
    }

    [Theory]
    [InlineData("first")]
    [InlineData("second")]
    public async Task Who_meets_a_database_that_another_has_created_meanwhile_is_told_to_begin_again(string collection)
    {
        var name = $"gateway_{Guid.CreateVersion7():N}";
        var database = gateway.Client.GetDatabase(name);
        await _one.InsertOneAsync(new("_id", 1), cancellationToken: _cancellation);
        using var session = await gateway.Client.StartSessionAsync(cancellationToken: _cancellation);
        session.StartTransaction();
        await _one.Find(session, _ => true).SingleAsync(_cancellation);
        await database.GetCollection<BsonDocument>("first").InsertOneAsync([], cancellationToken: _cancellation);

        var refused = await Assert.ThrowsAsync<MongoCommandException>(() =>
            database.GetCollection<BsonDocument>(collection).InsertOneAsync(session, [], cancellationToken: _cancellation));

        Assert.Equal((112, "WriteConflict"), (refused.Code, refused.CodeName));
        Assert.True(refused.HasErrorLabel("TransientTransactionError"));
        await gateway.Client.DropDatabaseAsync(name, _cancellation);
    }

    [Fact]
    public async Task A_session_that_ends_leaves_nothing_behind()
    {
        var session = await BeginAsync();
        await _one.InsertOneAsync(session, new("_id", 1), cancellationToken: _cancellation);

        session.Dispose();

        await _one.InsertOneAsync(new("_id", 1), cancellationToken: _cancellation);
        Assert.Equal(1, await CountAsync());
    }

    private async Task<IClientSessionHandle> BeginAsync()
    {
        var session = await gateway.Client.StartSessionAsync(cancellationToken: _cancellation);
        session.StartTransaction();
        return session;
    }

    private async Task<long> CountAsync() =>
        await _one.CountDocumentsAsync(_ => true, cancellationToken: _cancellation) + await _other.CountDocumentsAsync(_ => true, cancellationToken: _cancellation);
}
