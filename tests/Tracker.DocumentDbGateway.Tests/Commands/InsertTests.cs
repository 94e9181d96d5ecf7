using MongoDB.Bson;
using MongoDB.Driver;

namespace Tracker.DocumentDbGateway.Tests.Commands;

public class InsertTests(RunningGateway gateway)
{
    private readonly IMongoCollection<BsonDocument> _documents = gateway.NewCollection();

    [Fact]
    public async Task Unordered_every_duplicate_is_told_by_its_place_and_the_rest_is_stored()
    {
        await _documents.InsertOneAsync(new("_id", 3), cancellationToken: TestContext.Current.CancellationToken);

        var refused = await InsertAsync(ordered: false, 1, 2, 3, 4, 4);

        Assert.Equal([(2, 11000), (4, 11000)], refused.WriteErrors.Select(error => (error.Index, error.Code)));
        Assert.All(refused.WriteErrors, error => Assert.Equal(ServerErrorCategory.DuplicateKey, error.Category));
        Assert.StartsWith("E11000 duplicate key error", refused.WriteErrors[0].Message, StringComparison.Ordinal);
        Assert.Equal(4, await CountAsync());
    }

    [Fact]
    public async Task Ordered_nothing_is_stored_behind_the_first_duplicate()
    {
        var refused = await InsertAsync(ordered: true, 1, 2, 2, 3);

        Assert.Equal([(2, 11000)], refused.WriteErrors.Select(error => (error.Index, error.Code)));
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task Writers_of_the_same_keys_do_not_stop_each_other()
    {
        var writers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            try
            {
                await _documents.InsertManyAsync(Keys([.. Enumerable.Range(0, 500)]), new() { IsOrdered = false }, TestContext.Current.CancellationToken);
                return 500;
            }
            catch (MongoBulkWriteException<BsonDocument> e)
            {
                return 500 - e.WriteErrors.Count;
            }
        }));

        Assert.Equal(500, writers.Sum());
        Assert.Equal(500, await CountAsync());
    }

    [Fact]
    public async Task Sixty_thousand_documents_go_in_one_call()
    {
        await _documents.InsertManyAsync(Keys([.. Enumerable.Range(0, 60_000)]), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(60_000, await CountAsync());
    }

    [Fact]
    public async Task A_write_that_wants_no_answer_is_done()
    {
        await _documents.WithWriteConcern(WriteConcern.Unacknowledged).InsertOneAsync(new("_id", 1), cancellationToken: TestContext.Current.CancellationToken);

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (await CountAsync() == 0 && !patience.IsCancellationRequested)
        {
            await Task.Yield();
        }

        Assert.Equal(1, await CountAsync());
    }

    private static IEnumerable<BsonDocument> Keys(params int[] keys) => keys.Select(key => new BsonDocument("_id", key));

    private async Task<MongoBulkWriteException<BsonDocument>> InsertAsync(bool ordered, params int[] keys) => await Assert.ThrowsAsync<MongoBulkWriteException<BsonDocument>>(() =>
        _documents.InsertManyAsync(Keys(keys), new() { IsOrdered = ordered }, TestContext.Current.CancellationToken));

    private Task<long> CountAsync() => _documents.CountDocumentsAsync(_ => true, cancellationToken: TestContext.Current.CancellationToken);
}
