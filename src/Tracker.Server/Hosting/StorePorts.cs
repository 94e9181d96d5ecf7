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
using Tracker.Storage.RocksDb;

namespace Tracker.Server.Hosting;

/// <summary>The ports of the engine that was chosen; disposing of it closes the store.</summary>
internal sealed record StorePorts(
    IDisposable Engine,
    IRecordStore Records,
    IIdentityStore Identities,
    IPersonStore Persons,
    IKeyStore Keys,
    IKeyCheckStore KeyChecks,
    IConsentStore Consents,
    INoticeStore Notices,
    ICountStore Counts,
    ICatalogStore Catalog,
    IProfileReader Profiles,
    IExpireData Expiry,
    IErrandStore Errands,
    IReviewStore Reviews,
    ILegalHoldStore LegalHolds,
    IRolloutStore Rollouts,
    ILeaseStore Leases,
    IContractStore Contracts,
    IReceiptStore Receipts,
    IPolicyStore Policies) : IDisposable
{
    public static StorePorts Of(RocksDbStore store) => new(
        store, store.Records, store.Identities, store.Persons, store.Keys, store.KeyChecks, store.Consents, store.Notices, store.Counts, store.Catalog,
        store.Profiles, store.Expiry, store.Errands, store.Reviews, store.LegalHolds, store.Rollouts, store.Leases, store.Contracts, store.Receipts, store.Policies);

    public static StorePorts Of(MongoStore store) => new(
        store, store.Records, store.Identities, store.Persons, store.Keys, store.KeyChecks, store.Consents, store.Notices, store.Counts, store.Catalog,
        store.Profiles, store.Expiry, store.Errands, store.Reviews, store.LegalHolds, store.Rollouts, store.Leases, store.Contracts, store.Receipts, store.Policies);

    public void Dispose() => Engine.Dispose();
}
