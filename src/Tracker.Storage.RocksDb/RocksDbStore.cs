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
using Tracker.Storage.RocksDb.Catalog;
using Tracker.Storage.RocksDb.Consents;
using Tracker.Storage.RocksDb.Counts;
using Tracker.Storage.RocksDb.Dump;
using Tracker.Storage.RocksDb.Engine;
using Tracker.Storage.RocksDb.Identities;
using Tracker.Storage.RocksDb.Keys;
using Tracker.Storage.RocksDb.Opening;
using Tracker.Storage.RocksDb.Policies;
using Tracker.Storage.RocksDb.Profiles;
using Tracker.Storage.RocksDb.Records;
using Tracker.Storage.RocksDb.Retention;

namespace Tracker.Storage.RocksDb;

/// <summary>The embedded store: one folder, one process. Disposing of it flushes and closes the folder.</summary>
public sealed class RocksDbStore : IDisposable
{
    private readonly StoreEngine _engine;

    private RocksDbStore(StoreEngine engine)
    {
        _engine = engine;
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
        Dump = new StoreDump(engine);
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

    /// <summary>What is stored, as text; it closes with the store.</summary>
    public StoreDump Dump { get; }

    /// <summary>Opens the folder, creates it where there is none, and brings it to the format of this version.</summary>
    /// <exception cref="StoreOpenException">It is open in another process, or of a newer version.</exception>
    public static RocksDbStore Open(string path, TimeProvider time) => Open(path, time, migrations: []);

    public void Dispose() => _engine.Dispose();

    internal static RocksDbStore Open(string path, TimeProvider time, IReadOnlyList<IFormatMigration> migrations) =>
        new(new StoreFolder(path, time, migrations).Open());
}
