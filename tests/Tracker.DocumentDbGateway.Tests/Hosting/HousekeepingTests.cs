using Microsoft.Extensions.Time.Testing;
using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.DocumentDbGateway.Hosting;
using Tracker.TestServers;

namespace Tracker.DocumentDbGateway.Tests.Hosting;

public sealed class HousekeepingTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly StringWriter _log = new();
    private readonly string _database = $"gateway_{Guid.CreateVersion7():N}";
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;
    private readonly CuttingProxy _proxy;
    private readonly Gateway _gateway;
    private readonly MongoClient _client;
    private readonly IMongoCollection<BsonDocument> _documents;

    public HousekeepingTests()
    {
        _proxy = new CuttingProxy(DocumentDbServer.Get().Address());
        _gateway = Gateway.Start(new GatewayOptions(_proxy.ConnectionString)
        {
            Time = _time,
            Log = _log,
            // The tests say when it is done.
            HousekeepingInterval = TimeSpan.FromDays(1),
        });
        _client = new MongoClient(_gateway.Address);
        _documents = _client.GetDatabase(_database).GetCollection<BsonDocument>("documents");
    }

    public async ValueTask InitializeAsync() => await _documents.InsertManyAsync(Enumerable.Range(0, 500).Select(n => new BsonDocument("_id", n)), cancellationToken: _cancellation);

    public async ValueTask DisposeAsync()
    {
        await _client.DropDatabaseAsync(_database);
        _client.Dispose();
        await _gateway.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task A_transaction_that_is_left_alone_for_a_minute_is_aborted()
    {
        using var session = await BeginAsync();

        _time.Advance(TimeSpan.FromSeconds(61));
        await _gateway.Housekeeping.OnceAsync(_cancellation);

        var refused = await Assert.ThrowsAsync<MongoCommandException>(() => session.CommitTransactionAsync(_cancellation));
        Assert.Equal(251, refused.Code);
    }

    [Fact]
    public async Task A_transaction_whose_command_takes_longer_is_not_idle()
    {
        using var blocker = await BeginAsync();
        using var session = await BeginAsync(id: -2);
        var waiting = InsertAsync(session, -1);
        await WaitForLockAsync();

        _time.Advance(TimeSpan.FromSeconds(61));
        await InsertAsync(blocker, -3);
        await _gateway.Housekeeping.OnceAsync(_cancellation);
        await blocker.AbortTransactionAsync(_cancellation);
        await waiting;
        await session.CommitTransactionAsync(_cancellation);

        Assert.Equal(502, await _documents.CountDocumentsAsync(_ => true, cancellationToken: _cancellation));
    }

    [Fact]
    public async Task An_idle_cursor_is_closed()
    {
        using var cursor = await _documents.Find(_ => true, new() { BatchSize = 10 }).ToCursorAsync(_cancellation);
        Assert.Equal(1, _gateway.Cursors.Count);

        _time.Advance(TimeSpan.FromMinutes(11));
        await _gateway.Housekeeping.OnceAsync(_cancellation);

        await cursor.MoveNextAsync(_cancellation);
        await Assert.ThrowsAsync<MongoCursorNotFoundException>(() => cursor.MoveNextAsync(_cancellation));
    }

    [Fact]
    public async Task What_a_session_has_written_is_forgotten_after_half_an_hour()
    {
        Assert.Equal(1, _gateway.Retryable.Count);

        _time.Advance(TimeSpan.FromMinutes(29));
        await _gateway.Housekeeping.OnceAsync(_cancellation);
        var before = _gateway.Retryable.Count;
        _time.Advance(TimeSpan.FromMinutes(2));
        await _gateway.Housekeeping.OnceAsync(_cancellation);

        Assert.Equal((1, 0), (before, _gateway.Retryable.Count));
    }

    [Fact]
    public async Task A_chore_that_fails_is_told_and_does_not_keep_the_others_from_being_done()
    {
        using var cursor = await _documents.Find(_ => true, new() { BatchSize = 10 }).ToCursorAsync(_cancellation);
        using var session = await BeginAsync();
        _time.Advance(TimeSpan.FromMinutes(31));
        _proxy.CutAfter("delete_cursors"u8);

        await _gateway.Housekeeping.OnceAsync(_cancellation);

        Assert.StartsWith("housekeeping: ", _log.ToString(), StringComparison.Ordinal);
        Assert.Equal((0, 0), (_gateway.Retryable.Count, _gateway.Transactions.ActiveCount));
    }

    private async Task<IClientSessionHandle> BeginAsync(int id = -1)
    {
        var session = await _client.StartSessionAsync(cancellationToken: _cancellation);
        session.StartTransaction();
        await InsertAsync(session, id);
        return session;
    }

    private Task InsertAsync(IClientSessionHandle session, int id) => _documents.InsertOneAsync(session, new("_id", id), cancellationToken: _cancellation);

    // The clock of PostgreSQL is not ours to turn: its own view tells when the command waits for the other.
    private static async Task WaitForLockAsync()
    {
        await using var connection = new Npgsql.NpgsqlConnection(DocumentDbServer.Get().Address());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var query = new Npgsql.NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%documentdb_api.insert%'", connection);
        while (await query.ExecuteScalarAsync(TestContext.Current.CancellationToken) is 0L)
        {
            await Task.Yield();
        }
    }
}
