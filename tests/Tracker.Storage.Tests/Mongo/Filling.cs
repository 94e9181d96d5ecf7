using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Retention.Nodes;
using Tracker.Storage.Mongo;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Mongo;

/// <summary>At least one document in every collection.</summary>
internal static class Filling
{
    public static async Task FillAsync(this MongoStore store, CancellationToken cancellation)
    {
        await store.Notices.AddAsync(A.Notice(), cancellation);
        await store.Counts.AppendAsync([A.Count()], cancellation);
        await store.Catalog.UpsertAsync([A.Product()], cancellation);
        await store.Policies.AddAsync(A.PolicyVersion(), cancellation);
        await store.LegalHolds.SaveAsync(A.LegalHold() with { ReleasedAt = A.Noon, ExpireAt = A.InAMonth }, cancellation);
        await store.Rollouts.SaveAsync(A.Rollout(), [], fence: null, cancellation);
        await store.Leases.TakeAsync(BackgroundWork.Review, "one", TimeSpan.FromSeconds(30), cancellation);
        await store.KeyChecks.AddAsync(A.Tenant, 1, new byte[] { 1 }, cancellation);
        ProfileChange ada = A.NewProfile(A.Ada, A.Identifier(1)) with
        {
            NewKeys = A.Keys(RetentionClass.Marketing),
            Contact = A.Contact(A.Ada),
            Contracts = [A.Contract(1, A.Ada)],
            Reviews = [A.Noon],
        };
        await store.Records.CommitAsync(MicroBatches.Of(ada, A.Interaction(1, A.Ada, classes: [RetentionClass.Fiscal, RetentionClass.Order])), cancellation);
        await store.Records.CommitAsync(MicroBatches.Anonymous(A.Sale(2)), cancellation);
        await store.Consents.AppendAsync(new ConsentAppend { Entry = A.Consent(A.Ada), IsNewProfile = false, ExpectedEpoch = 0, Confirmations = [77] }, cancellation);
    }
}
