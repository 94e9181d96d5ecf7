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

namespace Tracker.Storage.Tests.Contracts;

/// <summary>One storage adapter with an empty store of its own, at <see cref="TestKit.A.Noon"/>.</summary>
public interface IStorageUnderTest : IAsyncDisposable
{
    FakeTimeProvider Time { get; }

    IRecordStore Records { get; }

    IIdentityStore Identities { get; }

    IPersonStore Persons { get; }

    IKeyStore Keys { get; }

    IConsentStore Consents { get; }

    INoticeStore Notices { get; }

    ICountStore Counts { get; }

    ICatalogStore Catalog { get; }

    IProfileReader Profiles { get; }

    IExpireData Expiry { get; }

    IErrandStore Errands { get; }

    IReviewStore Reviews { get; }

    IContractStore Contracts { get; }

    IReceiptStore Receipts { get; }

    IPolicyStore Policies { get; }

    ILegalHoldStore LegalHolds { get; }

    IRolloutStore Rollouts { get; }

    ILeaseStore Leases { get; }

    IKeyCheckStore KeyChecks { get; }

    Task StartAsync();

    /// <returns>Names of the parts in which anything is stored, expired or not; metadata do not count.</returns>
    Task<IReadOnlyList<string>> ListOccupiedAsync();

    /// <returns>Another node on the same store; the store itself, where one process has it alone.</returns>
    Task<IStorageUnderTest> BesideAsync();

    /// <summary>Closes the store and opens it again, as a restart of the process does.</summary>
    Task ReopenAsync();
}
