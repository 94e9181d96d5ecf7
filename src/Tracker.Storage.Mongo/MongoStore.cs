using MongoDB.Driver;
using Tracker.Core.Catalog;
using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Ingestion;
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
        Policies = new PolicyStore(tables);
        LegalHolds = new LegalHoldStore(tables);
        Rollouts = new RolloutStore(tables);
        Leases = new LeaseStore(tables);
    }

    public IRecordStore Records { get; }

    public IIdentityStore Identities { get; }

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

    public IPolicyStore Policies { get; }

    public ILegalHoldStore LegalHolds { get; }

    public IRolloutStore Rollouts { get; }

    public ILeaseStore Leases { get; }

    /// <summary>Connects, and creates or brings up to date the collections, validators and indexes of the database.</summary>
    /// <exception cref="StoreOpenException">The database is of a newer version.</exception>
    /// <exception cref="Core.Model.RefusalException">It does not answer.</exception>
    public static Task<MongoStore> OpenAsync(string connectionString, string database, TimeProvider time, CancellationToken cancellation) =>
        OpenAsync(MongoClientSettings.FromConnectionString(connectionString), database, time, isExpiredByServer: true, cancellation);

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

    /// <param name="isExpiredByServer">False where <paramref name="time"/> is not the server's: it would delete by its own clock.</param>
    internal static Task<MongoStore> OpenAsync(MongoClientSettings settings, string database, TimeProvider time, bool isExpiredByServer, CancellationToken cancellation) =>
        StoreFaults.RefuseAsync(async () =>
        {
            var client = new MongoClient(settings);
            try
            {
                var opened = client.GetDatabase(database);
                var engine = new StoreEngine(client, opened, time);
                await StoreFormat.CheckAsync(engine, database, cancellation);
                await new StoreOpening(opened).ReconcileAsync(CollectionPlan.All(isExpiredByServer), cancellation);
                return new MongoStore(client, engine);
            }
            catch
            {
                client.Dispose();
                throw;
            }
        });
}
