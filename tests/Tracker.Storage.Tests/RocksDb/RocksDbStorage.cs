using Microsoft.Extensions.Time.Testing;
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
using Tracker.Storage.RocksDb;
using Tracker.Storage.RocksDb.Dump;
using Tracker.Storage.Tests.Contracts;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.RocksDb;

public sealed class RocksDbStorage : IStorageUnderTest
{
    private readonly TempFolder _folder = new();
    private RocksDbStore? _store;

    public FakeTimeProvider Time { get; } = new(A.Noon);

    public RocksDbStore Store => _store ?? throw new InvalidOperationException("Not started.");

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

    public Task StartAsync()
    {
        _store = RocksDbStore.Open(_folder.File("store"), Time);
        return Task.CompletedTask;
    }

    public Task<IStorageUnderTest> BesideAsync() => Task.FromResult<IStorageUnderTest>(this);

    public Task<IReadOnlyList<string>> ListOccupiedAsync()
    {
        var all = new DumpOptions { IncludeExpired = true };
        return Task.FromResult<IReadOnlyList<string>>([.. StoreDump.Parts.Where(part => part != "meta" && Store.Dump.Read(part, all).Any())]);
    }

    public Task ReopenAsync()
    {
        _store?.Dispose();
        return StartAsync();
    }

    public ValueTask DisposeAsync()
    {
        _store?.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
