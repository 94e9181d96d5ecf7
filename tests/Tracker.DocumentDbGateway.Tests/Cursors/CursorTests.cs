using MongoDB.Bson;
using MongoDB.Driver;

namespace Tracker.DocumentDbGateway.Tests.Cursors;

public class CursorTests(RunningGateway gateway)
{
    private const int Many = 5_000;

    private readonly IMongoCollection<BsonDocument> _documents = gateway.NewCollection();
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_document_comes_once_over_many_batches()
    {
        await FillAsync();

        var found = await _documents.Find(_ => true, new() { BatchSize = 300 }).ToListAsync(_cancellation);

        Assert.Equal(Enumerable.Range(0, Many), found.Select(document => document["_id"].AsInt32).Order());
    }

    [Fact]
    public async Task A_sorted_find_comes_in_order_over_many_batches()
    {
        await FillAsync();

        var found = await _documents.Find(_ => true, new() { BatchSize = 300 }).Sort("{ reverse: 1 }").ToListAsync(_cancellation);

        Assert.Equal(Enumerable.Range(1 - Many, Many), found.Select(document => document["reverse"].AsInt32));
    }

    [Fact]
    public async Task An_aggregate_comes_over_many_batches()
    {
        await FillAsync();

        var found = await _documents.Aggregate(new() { BatchSize = 300 }).Group("{ _id: '$reverse' }").ToListAsync(_cancellation);

        Assert.Equal(Many, found.Select(document => document["_id"]).Distinct().Count());
    }

    [Fact]
    public async Task Inside_a_transaction_a_cursor_sees_what_was_there_when_it_began()
    {
        await FillAsync();
        using var session = await gateway.Client.StartSessionAsync(cancellationToken: _cancellation);
        session.StartTransaction();
        using var cursor = await _documents.Find(session, _ => true, new() { BatchSize = 300 }).ToCursorAsync(_cancellation);
        await _documents.InsertOneAsync(new("_id", -1), cancellationToken: _cancellation);

        var found = await cursor.ToListAsync(_cancellation);

        Assert.Equal(Many, found.Count);
    }

    [Fact]
    public async Task A_killed_cursor_has_no_next_page()
    {
        await FillAsync();
        using var client = RawClient.Connect(gateway.Gateway.Address);
        var id = await OpenAsync(client, []);

        var killed = await RunAsync(client, new() { { "killCursors", _documents.CollectionNamespace.CollectionName }, { "cursors", new BsonArray { id, 1L } } });
        var refused = await RunAsync(client, GetMore(id));

        Assert.Equal((new BsonArray { id }, new BsonArray { 1L }), (killed["cursorsKilled"], killed["cursorsNotFound"]));
        Assert.Equal(43, refused["code"]);
    }

    [Fact]
    public async Task The_cursor_of_a_session_is_not_another_s()
    {
        await FillAsync();
        using var client = RawClient.Connect(gateway.Gateway.Address);
        var mine = new BsonDocument("lsid", RawClient.Session(Guid.CreateVersion7()));
        var another = new BsonDocument("lsid", RawClient.Session(Guid.CreateVersion7()));
        var id = await OpenAsync(client, mine);

        var refused = await RunAsync(client, GetMore(id).AddRange(another));
        var withoutSession = await RunAsync(client, GetMore(id));
        var next = await RunAsync(client, GetMore(id).AddRange(mine));

        Assert.Equal((50738, 50737), (refused["code"], withoutSession["code"]));
        Assert.NotEmpty(next["cursor"]["nextBatch"].AsBsonArray);
    }

    private Task FillAsync() => _documents.InsertManyAsync(
        Enumerable.Range(0, Many).Select(n => new BsonDocument { { "_id", n }, { "reverse", -n } }), cancellationToken: _cancellation);

    private async Task<long> OpenAsync(RawClient client, BsonDocument session)
    {
        var page = await RunAsync(client, new BsonDocument { { "find", _documents.CollectionNamespace.CollectionName }, { "batchSize", 10 } }.AddRange(session));
        return page["cursor"]["id"].AsInt64;
    }

    private BsonDocument GetMore(long id) => new() { { "getMore", id }, { "collection", _documents.CollectionNamespace.CollectionName }, { "batchSize", 10 } };

    private Task<BsonDocument> RunAsync(RawClient client, BsonDocument command) =>
        client.RunAsync(gateway.Database.DatabaseNamespace.DatabaseName, command, _cancellation);
}
