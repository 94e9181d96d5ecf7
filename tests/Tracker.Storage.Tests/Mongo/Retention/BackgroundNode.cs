using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;
using Tracker.Core.Security;
using Tracker.Storage.Mongo;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Mongo.Retention;

/// <summary>What one server process does in the background, by a clock of its own.</summary>
internal sealed class BackgroundNode : IDisposable
{
    private readonly NoMeters _meters = new();
    private readonly MongoStore _store;

    public BackgroundNode(MongoStore store, TimeProvider time)
    {
        _store = store;
        Writes = new ObservedReviews(store.Reviews);
        var (options, metrics, keys) = (Options.Create(new RetentionOptions()), new RetentionMetrics(_meters), new FixedKeys());
        var policies = PolicyRegister.Of(new Dictionary<TenantId, Policy> { [A.Tenant] = APolicy.Shipped });
        var leases = new WorkLeases(store.Leases, metrics, options, time, NullLogger<WorkLease>.Instance);
        var others = new OtherProfilesReader(store.Identities, store.Consents, store.Keys, new DataKeys(keys, time), policies);
        var reader = new HoldingsReader(store.Identities, store.Consents, store.Keys, Writes, store.Rollouts, store.Contracts, store.Catalog, others);
        var ender = new ConsentEnder(store.Consents, new KeyedHasher(keys, time), policies, time);
        var reviewer = new ProfileReviewer(reader, Writes, store.Errands, ender, new DataKeys(keys, time), policies, metrics, options, time);
        var unowned = new UnownedReviewer(reader, Writes, new DataKeys(keys, time), policies, metrics, options, time);
        var rollout = new PolicyRollout(store.Rollouts, store.Identities, unowned, store.Errands, policies, metrics, options, TestTracker.Passes, time);
        var archive = new PolicyArchive(store.Policies, policies, time);
        Reviews = new ReviewLoop(store.Errands, reviewer, rollout, archive, leases, metrics, options, time, NullLogger<ReviewLoop>.Instance);
        Sweeper = new RetentionSweeper(store.Expiry, leases, metrics, options, NullLogger<RetentionSweeper>.Instance);
    }

    public ReviewLoop Reviews { get; }

    public RetentionSweeper Sweeper { get; }

    public ObservedReviews Writes { get; }

    public void Dispose()
    {
        Reviews.Dispose();
        Sweeper.Dispose();
        _store.Dispose();
        _meters.Dispose();
    }
}
