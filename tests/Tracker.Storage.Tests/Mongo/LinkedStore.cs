using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using MongoDB.Driver;
using Polly;
using Tracker.Storage.Mongo;
using Tracker.Storage.Mongo.Engine;
using Tracker.TestKit;
using Tracker.TestServers;

namespace Tracker.Storage.Tests.Mongo;

/// <summary>A store at the end of a link that a test may cut, with what it logs and counts, and a database of its own.</summary>
public sealed class LinkedStore : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _database = $"tracker_test_{Guid.CreateVersion7():N}";
    private readonly NoMeters _meters = new();
    private readonly MetricCollector<long> _refused;
    private readonly MetricCollector<long> _repeated;
    private readonly MetricCollector<int> _answers;
    private readonly StoreMetrics _metrics;
    private MongoStore? _store;

    private LinkedStore(string server)
    {
        _server = server;
        Link = new ServerLink(server);
        _metrics = new StoreMetrics(_meters);
        _refused = new MetricCollector<long>(_meters, StoreMetrics.MeterName, "tracker.storage.refused");
        _repeated = new MetricCollector<long>(_meters, StoreMetrics.MeterName, "tracker.storage.repeated");
        _answers = new MetricCollector<int>(_meters, StoreMetrics.MeterName, "tracker.storage.answers");
    }

    public ServerLink Link { get; }

    public FakeLogger Log { get; } = new();

    public MongoStore Store => _store ?? throw new InvalidOperationException("Not opened.");

    /// <summary>What it told of MongoDB going and coming.</summary>
    public IEnumerable<int> Told => Log.Collector.GetSnapshot().Select(line => line.Id.Id).Where(id => id is 5001 or 5002);

    public bool Answers
    {
        get
        {
            _answers.RecordObservableInstruments();
            return _answers.LastMeasurement?.Value == 1;
        }
    }

    public static async Task<LinkedStore> MakeAsync() => new((await MongoServer.GetAsync()).Address());

    public static async Task<LinkedStore> OpenAsync(Action<MongoStoreOptions>? adjust = null)
    {
        var linked = await MakeAsync();
        await linked.ConnectAsync(adjust);
        return linked;
    }

    public async Task ConnectAsync(Action<MongoStoreOptions>? adjust = null)
    {
        var options = new MongoStoreOptions
        {
            ConnectionString = Link.Address,
            Database = _database,
            ServerSelectionTimeout = TimeSpan.FromSeconds(1),
            OperationTimeout = TimeSpan.FromSeconds(5),
            BreakFor = TimeSpan.FromMilliseconds(500),
        };
        adjust?.Invoke(options);
        var guard = new StoreGuard(options, () => new ResiliencePipelineBuilder(), _metrics, new StoreOutage(_metrics, Log));
        _store = await MongoStore.OpenAsync(
            MongoClientSettings.FromConnectionString(Link.Address), options, guard, new FakeTimeProvider(A.Noon), isExpiredByServer: false, TestContext.Current.CancellationToken);
    }

    public long Refused(string cause) => Sum(_refused, cause);

    public long Repeated(string cause) => Sum(_repeated, cause);

    public async ValueTask DisposeAsync()
    {
        _store?.Dispose();
        await Link.DisposeAsync();
        using var client = new MongoClient(_server);
        await client.DropDatabaseAsync(_database);
        _refused.Dispose();
        _repeated.Dispose();
        _answers.Dispose();
        _meters.Dispose();
    }

    private static long Sum(MetricCollector<long> counted, string cause) =>
        counted.GetMeasurementSnapshot().Where(measured => Equals(measured.Tags["tracker.storage.cause"], cause)).Sum(measured => measured.Value);
}
