using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MongoDB.Bson;
using MongoDB.Driver;
using Polly;
using Tracker.Core.Catalog;
using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Ingestion;
using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Policies;
using Tracker.Core.Profiles;
using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;
using Tracker.Core.Security;
using Tracker.Storage.Mongo;
using Tracker.Storage.Mongo.Engine;
using Tracker.Storage.Mongo.Opening;
using Tracker.Storage.Tests.Contracts;
using Tracker.TestKit;
using Tracker.TestServers;

namespace Tracker.Storage.Tests.Mongo;

/// <summary>A database that nobody else uses meanwhile. The server's clock is not ours, so it deletes nothing by itself.</summary>
public sealed class MongoStorage : IStorageUnderTest
{
    private MongoStore? _store;
    private MongoClient? _client;
    private string? _database;
    private MongoStorage? _beside;

    /// <summary>Its collections are made for it and dropped at the end: for whoever changes them or fills them to the brim.</summary>
    public bool IsMadeAnew { get; init; }

    public string DatabaseName => _database ??= IsMadeAnew ? EmptyDatabases.NewName() : EmptyDatabases.Take();

    public FakeTimeProvider Time { get; } = new(A.Noon);

    public MongoStore Store => _store ?? throw new InvalidOperationException("Not started.");

    public IRecordStore Records => Store.Records;

    public IIdentityStore Identities => Store.Identities;

    public IPersonStore Persons => Store.Persons;

    public IKeyStore Keys => Store.Keys;

    public IConsentStore Consents => Store.Consents;

    public INoticeStore Notices => Store.Notices;

    public ICountStore Counts => Store.Counts;

    public ICatalogStore Catalog => Store.Catalog;

    public IProfileReader Profiles => Store.Profiles;

    public IExpireData Expiry => Store.Expiry;

    public IErrandStore Errands => Store.Errands;

    public IReviewStore Reviews => Store.Reviews;

    public IContractStore Contracts => Store.Contracts;

    public IReceiptStore Receipts => Store.Receipts;

    public IPolicyStore Policies => Store.Policies;

    public ILegalHoldStore LegalHolds => Store.LegalHolds;

    public IRolloutStore Rollouts => Store.Rollouts;

    public ILeaseStore Leases => Store.Leases;

    public IKeyCheckStore KeyChecks => Store.KeyChecks;

    /// <summary>The same server and database past the store.</summary>
    public IMongoDatabase Database => Client.GetDatabase(DatabaseName);

    private MongoClient Client => _client ?? throw new InvalidOperationException("Not started.");

    public async Task StartAsync() =>
        _store = await OpenAsync(Time, isExpiredByServer: false);

    /// <param name="watch">Adds who listens to what the driver sends.</param>
    public async Task<MongoStore> OpenAsync(TimeProvider time, bool isExpiredByServer, Action<MongoClientSettings>? watch = null)
    {
        var server = await MongoServer.GetAsync();
        var settings = MongoClientSettings.FromConnectionString(server.Address());
        _client ??= new MongoClient(settings.Clone());
        watch?.Invoke(settings);
        return await OpenAsync(settings, new MongoStoreOptions { Database = DatabaseName }, time, isExpiredByServer);
    }

    internal static Task<MongoStore> OpenAsync(MongoClientSettings settings, MongoStoreOptions options, TimeProvider time, bool isExpiredByServer) =>
        MongoStore.OpenAsync(settings, options, NewGuard(options), time, isExpiredByServer, TestContext.Current.CancellationToken);

    internal static StoreGuard NewGuard(MongoStoreOptions options)
    {
        using var meters = new NoMeters();
        var metrics = new StoreMetrics(meters);
        return new StoreGuard(options, () => new ResiliencePipelineBuilder(), metrics, new StoreOutage(metrics, NullLogger.Instance));
    }

    public async Task<IStorageUnderTest> BesideAsync()
    {
        _beside = new MongoStorage { _database = DatabaseName };
        await _beside.StartAsync();
        return _beside;
    }

    public async Task<IReadOnlyList<string>> ListOccupiedAsync()
    {
        List<string> occupied = [];
        foreach (var name in CollectionPlan.All(isExpiredByServer: false).Select(plan => plan.Name).Where(name => name is not ("meta" or "key_checks")))
        {
            if (await Database.GetCollection<BsonDocument>(name).Find(new BsonDocument()).AnyAsync())
            {
                occupied.Add(name);
            }
        }

        return occupied;
    }

    public async Task ReopenAsync()
    {
        _store?.Dispose();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is null)
        {
            return;
        }

        _store.Dispose();
        _beside?._store?.Dispose();
        _beside?._client?.Dispose();
        await (IsMadeAnew ? Client.DropDatabaseAsync(DatabaseName) : EmptyDatabases.ReturnAsync(Database));
        Client.Dispose();
    }
}
