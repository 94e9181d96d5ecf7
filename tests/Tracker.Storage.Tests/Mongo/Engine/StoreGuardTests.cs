using System.Net;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Testing;
using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Clusters;
using MongoDB.Driver.Core.Connections;
using MongoDB.Driver.Core.Servers;
using Polly;
using Tracker.Core.Model;
using Tracker.Storage.Mongo;
using Tracker.Storage.Mongo.Engine;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Mongo.Engine;

public sealed class StoreGuardTests : IDisposable
{
    private const int WriteConflict = 112;

    private readonly NoMeters _meters = new();
    private readonly FakeLogCollector _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _meters.Dispose();

    [Fact]
    public async Task Transactions_that_meet_others_until_their_time_is_over_are_no_outage()
    {
        var metrics = new StoreMetrics(_meters);
        using var refused = new MetricCollector<long>(_meters, StoreMetrics.MeterName, "tracker.storage.refused");
        var options = new MongoStoreOptions { TransactionBudget = TimeSpan.FromMilliseconds(200), TransactionRetries = 1_000, BreakFor = TimeSpan.FromMinutes(1) };
        var guard = new StoreGuard(options, () => new ResiliencePipelineBuilder(), metrics, new StoreOutage(metrics, new FakeLogger<MongoStore>(_log)));

        for (var call = 0; call < 3; call++)
        {
            var refusal = await Assert.ThrowsAsync<RefusalException>(() => guard.TransactAsync<int>(_ => throw Conflict(), Cancellation));
            Assert.Equal((RefusalReason.StoreUnavailable, false), (refusal.Reason, refusal.IsOutage));
        }

        Assert.Equal(7, await guard.ReadAsync(_ => Task.FromResult(7), Cancellation));
        Assert.Equal(["contended", "contended", "contended"], refused.GetMeasurementSnapshot().Select(measured => measured.Tags["tracker.storage.cause"]));
        Assert.DoesNotContain(_log.GetSnapshot(), line => line.Id.Id == 5001);
    }

    private static MongoCommandException Conflict()
    {
        var server = new ServerId(new ClusterId(), new DnsEndPoint("localhost", 27017));
        return new MongoCommandException(new ConnectionId(server), "", new BsonDocument(), new BsonDocument("code", WriteConflict));
    }
}
