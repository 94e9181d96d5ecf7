using Microsoft.Extensions.Logging;
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
using Tracker.Storage.Mongo.Catalog;
using Tracker.Storage.Mongo.Consents;
using Tracker.Storage.Mongo.Counts;
using Tracker.Storage.Mongo.Engine;
using Tracker.Storage.Mongo.Identities;
using Tracker.Storage.Mongo.Keys;
using Tracker.Storage.Mongo.Opening;
using Tracker.Storage.Mongo.Policies;
using Tracker.Storage.Mongo.Profiles;
using Tracker.Storage.Mongo.Records;
using Tracker.Storage.Mongo.Retention;

namespace Tracker.Storage.Mongo;

/// <summary>The store of many nodes: one MongoDB database, a replica set or a sharded cluster.</summary>
public sealed class MongoStore : IDisposable
{
    private readonly MongoClient _client;

    private MongoStore(MongoClient client, StoreEngine engine)
    {
        _client = client;
        var tables = new StoreTables(engine);
        Records = new RecordStore(tables);
        Identities = new IdentityStore(tables);
        Persons = new PersonStore(tables);
        Keys = new KeyStore(tables);
        Consents = new ConsentStore(tables);
        Notices = new NoticeStore(tables);
        Counts = new CountStore(tables);
        Catalog = new CatalogStore(tables);
        Profiles = new ProfileReader(tables);
        Expiry = new Sweeper(tables);
        Errands = new ErrandStore(tables);
        Reviews = new ReviewStore(tables);
        KeyChecks = new KeyCheckStore(engine);
        Contracts = new ContractStore(tables);
        Receipts = new ReceiptStore(tables);
        Policies = new PolicyStore(tables);
        LegalHolds = new LegalHoldStore(tables);
        Rollouts = new RolloutStore(tables);
        Leases = new LeaseStore(tables);
    }

    public IRecordStore Records { get; }

    public IIdentityStore Identities { get; }

    public IPersonStore Persons { get; }

    public IKeyStore Keys { get; }

    public IConsentStore Consents { get; }

    public INoticeStore Notices { get; }

    public ICountStore Counts { get; }

    public ICatalogStore Catalog { get; }

    public IProfileReader Profiles { get; }

    public IExpireData Expiry { get; }

    public IErrandStore Errands { get; }

    public IReviewStore Reviews { get; }

    public IKeyCheckStore KeyChecks { get; }

    public IContractStore Contracts { get; }

    public IReceiptStore Receipts { get; }

    public IPolicyStore Policies { get; }

    public ILegalHoldStore LegalHolds { get; }

    public IRolloutStore Rollouts { get; }

    public ILeaseStore Leases { get; }

    /// <summary>Connects, and creates or brings up to date the collections, validators and indexes of the database.</summary>
    /// <param name="options">Which database, and how long anything may take.</param>
    /// <param name="newPipeline">A builder of what calls pass, which tells whoever listens what happens there.</param>
    /// <param name="metrics">Of this store alone.</param>
    /// <param name="logger">Told when MongoDB goes and comes.</param>
    /// <param name="time">Of what is stored.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="StoreOpenException">The database is of a newer version.</exception>
    /// <exception cref="Core.Model.RefusalException">It did not answer within <see cref="MongoStoreOptions.StartTimeout"/>.</exception>
    public static Task<MongoStore> OpenAsync(
        MongoStoreOptions options,
        Func<ResiliencePipelineBuilder> newPipeline,
        StoreMetrics metrics,
        ILogger<MongoStore> logger,
        TimeProvider time,
        CancellationToken cancellation) => OpenAsync(
            MongoClientSettings.FromConnectionString(options.ConnectionString),
            options,
            new StoreGuard(options, newPipeline, metrics, new StoreOutage(metrics, logger)),
            time,
            isExpiredByServer: true,
            cancellation);

    /// <returns>Whether it is one; the server it names is not asked.</returns>
    public static bool IsConnectionString(string text)
    {
        try
        {
            MongoClientSettings.FromConnectionString(text);
            return true;
        }
        catch (Exception fault) when (fault is MongoConfigurationException or ArgumentException or FormatException)
        {
            return false;
        }
    }

    public void Dispose() => _client.Dispose();

    /// <param name="settings">The server; the time-outs are those of the options.</param>
    /// <param name="options">The database, and the time-outs.</param>
    /// <param name="guard">What its calls pass.</param>
    /// <param name="time">Of what is stored.</param>
    /// <param name="isExpiredByServer">False where <paramref name="time"/> is not the server's: it would delete by its own clock.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    internal static async Task<MongoStore> OpenAsync(
        MongoClientSettings settings,
        MongoStoreOptions options,
        StoreGuard guard,
        TimeProvider time,
        bool isExpiredByServer,
        CancellationToken cancellation)
    {
        var client = new MongoClient(ClientTimeouts.OfCalls(settings, options));
        try
        {
            var engine = new StoreEngine(client, client.GetDatabase(options.Database), guard, options, time);
            await StoreStart.WaitAsync(() => StoreFormat.CheckAsync(engine, options.Database, cancellation), options.StartTimeout, cancellation);
            using var opening = new MongoClient(ClientTimeouts.OfOpening(settings, options));
            await guard.OpenAsync(() => StoreLogin.CheckAsync(options.Database, async () =>
            {
                await new StoreOpening(opening.GetDatabase(options.Database)).ReconcileAsync(CollectionPlan.All(isExpiredByServer), cancellation);
                return true;
            }));
            return new MongoStore(client, engine);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }
}
