using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.DocumentDbGateway.Hosting;

namespace Tracker.DocumentDbGateway.Tests.Hosting;

/// <summary>Without PostgreSQL: what the gateway does by itself.</summary>
public class GatewayTests
{
    private const string Nowhere = "Host=127.0.0.1;Port=1;Username=postgres";

    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_driver_takes_it_for_a_server_with_sessions_and_retryable_writes()
    {
        await using var gateway = Start();
        using var client = new MongoClient(gateway.Address);

        var hello = await client.GetDatabase("admin").RunCommandAsync<BsonDocument>(new BsonDocument("hello", 1), cancellationToken: _cancellation);

        Assert.Equal(("isdbgrid", 30), (hello["msg"], hello["logicalSessionTimeoutMinutes"]));
        Assert.Equal(MongoDB.Driver.Core.Clusters.ClusterType.Sharded, client.Cluster.Description.Type);
    }

    [Fact]
    public async Task Without_PostgreSQL_a_write_is_told_that_it_can_be_repeated()
    {
        await using var gateway = Start();
        using var client = RawClient.Connect(gateway.Address);

        var refused = await client.RunAsync("shop", new() { { "insert", "people" }, { "documents", new BsonArray { new BsonDocument() } } }, _cancellation);

        Assert.Equal((91, "ShutdownInProgress"), (refused["code"], refused["codeName"]));
        Assert.Equal(["RetryableWriteError"], refused["errorLabels"].AsBsonArray.Select(label => label.AsString));
    }

    [Fact]
    public async Task Without_PostgreSQL_a_transaction_is_told_that_it_can_be_begun_again()
    {
        await using var gateway = Start();
        using var client = RawClient.Connect(gateway.Address);

        var refused = await client.RunAsync("shop", new()
        {
            { "insert", "people" },
            { "documents", new BsonArray { new BsonDocument() } },
            { "lsid", RawClient.Session(Guid.CreateVersion7()) },
            { "txnNumber", 1L },
            { "startTransaction", true },
            { "autocommit", false },
        }, _cancellation);

        Assert.Equal(["TransientTransactionError"], refused["errorLabels"].AsBsonArray.Select(label => label.AsString));
    }

    [Fact]
    public async Task Who_sends_nonsense_is_disconnected_and_the_others_are_served()
    {
        await using var gateway = Start();
        using var nonsense = RawClient.Connect(gateway.Address);
        using var other = RawClient.Connect(gateway.Address);

        await nonsense.SendAsync([40, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0xDD, 7, 0, 0, .. new byte[24]], _cancellation);

        Assert.Null(await nonsense.ReceiveAsync(_cancellation));
        Assert.Equal(1, (await other.RunAsync("admin", new("ping", 1), _cancellation))["ok"].ToInt32());
    }

    [Fact]
    public async Task A_message_longer_than_any_is_not_read()
    {
        await using var gateway = Start();
        using var client = RawClient.Connect(gateway.Address);

        await client.SendAsync([0xFF, 0xFF, 0xFF, 0x7F, .. new byte[12]], _cancellation);

        Assert.Null(await client.ReceiveAsync(_cancellation));
    }

    [Fact]
    public async Task Clients_beyond_the_limit_are_disconnected_until_another_leaves()
    {
        await using var gateway = Start(limit: 2);
        using var first = RawClient.Connect(gateway.Address);
        await first.RunAsync("admin", new("ping", 1), _cancellation);
        using (var second = RawClient.Connect(gateway.Address))
        {
            await second.RunAsync("admin", new("ping", 1), _cancellation);
            using var third = RawClient.Connect(gateway.Address);
            Assert.Null(await third.ReceiveAsync(_cancellation));
        }

        while (gateway.OpenConnections == 2)
        {
            await Task.Yield();
        }

        using var next = RawClient.Connect(gateway.Address);
        Assert.Equal(1, (await next.RunAsync("admin", new("ping", 1), _cancellation))["ok"].ToInt32());
    }

    [Fact]
    public async Task Stopped_it_disconnects_whoever_is_idle()
    {
        var gateway = Start();
        using var client = RawClient.Connect(gateway.Address);
        await client.RunAsync("admin", new("ping", 1), _cancellation);

        await gateway.DisposeAsync();

        Assert.Null(await client.ReceiveAsync(_cancellation));
    }

    private static Gateway Start(int limit = 100) => Gateway.Start(new GatewayOptions(Nowhere) { MaxConnections = limit, Log = TextWriter.Null });
}
