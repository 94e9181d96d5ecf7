using MongoDB.Bson;
using MongoDB.Driver;

namespace Tracker.DocumentDbGateway.Tests.Transactions;

/// <summary>What a driver repeats after it has lost a connection.</summary>
public class RepeatedWriteTests(RunningGateway gateway)
{
    private readonly Guid _session = Guid.CreateVersion7();
    private readonly IMongoCollection<BsonDocument> _documents = gateway.NewCollection();
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    private string Name => _documents.CollectionNamespace.CollectionName;

    [Fact]
    public async Task The_same_write_from_other_connections_is_done_once_and_answered_alike()
    {
        var first = await SendAsync(Increment(number: 1));
        var second = await SendAsync(Increment(number: 1));
        var third = await SendAsync(Increment(number: 1));

        Assert.Equal([first, first], [second, third]);
        Assert.Equal(1, await ReadAsync());
    }

    [Fact]
    public async Task The_next_number_is_another_write()
    {
        await SendAsync(Increment(number: 1));
        await SendAsync(Increment(number: 2));

        Assert.Equal(2, await ReadAsync());
    }

    [Fact]
    public async Task An_older_number_is_refused()
    {
        await SendAsync(Increment(number: 2));

        var refused = await SendAsync(Increment(number: 1));

        Assert.Equal(225, refused["code"]);
        Assert.Equal(1, await ReadAsync());
    }

    [Fact]
    public async Task A_commit_is_answered_as_often_as_it_is_asked_for()
    {
        await SendAsync(InTransaction(new() { { "insert", Name }, { "documents", new BsonArray { new BsonDocument("n", 5) } } }, starts: true));

        var first = await SendAsync(InTransaction(new("commitTransaction", 1)));
        var second = await SendAsync(InTransaction(new("commitTransaction", 1)));

        Assert.Equal((1, 1), (first["ok"].ToInt32(), second["ok"].ToInt32()));
        Assert.Equal(5, await ReadAsync());
    }

    [Fact]
    public async Task A_transaction_that_was_aborted_cannot_go_on()
    {
        await SendAsync(InTransaction(new() { { "insert", Name }, { "documents", new BsonArray { new BsonDocument("n", 5) } } }, starts: true));
        await SendAsync(InTransaction(new("abortTransaction", 1)));

        var refused = await SendAsync(InTransaction(new("find", Name)));

        Assert.Equal(251, refused["code"]);
        Assert.Equal(["TransientTransactionError"], refused["errorLabels"].AsBsonArray.Select(label => label.AsString));
    }

    private BsonDocument Increment(long number) => new()
    {
        { "update", Name },
        { "updates", new BsonArray { BsonDocument.Parse("{ q: { _id: 1 }, u: { $inc: { n: 1 } }, upsert: true }") } },
        { "lsid", RawClient.Session(_session) },
        { "txnNumber", number },
    };

    private BsonDocument InTransaction(BsonDocument command, bool starts = false)
    {
        command.AddRange(new BsonDocument { { "lsid", RawClient.Session(_session) }, { "txnNumber", 1L }, { "autocommit", false } });
        return starts ? command.Add("startTransaction", true) : command;
    }

    private async Task<BsonDocument> SendAsync(BsonDocument command)
    {
        using var client = RawClient.Connect(gateway.Gateway.Address);
        return await client.RunAsync(gateway.Database.DatabaseNamespace.DatabaseName, command, _cancellation);
    }

    private async Task<int> ReadAsync() => (await _documents.Find(_ => true).SingleAsync(_cancellation))["n"].ToInt32();
}
