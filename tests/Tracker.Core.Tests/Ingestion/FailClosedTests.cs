using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Security;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

public sealed class FailClosedTests
{
    [Fact]
    [Trait("Compliance", "R-029")]
    public async Task Where_the_ledger_does_not_answer_nothing_is_stored()
    {
        await using var tracker = await TestTracker.StartAsync();
        await tracker.Notices.RegisterAsync(tracker.Caller, An.Notice(), CancellationToken.None);
        await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.Analytics, An.AdasCookie), CancellationToken.None);
        var store = tracker.Store;
        var recall = new ProfileRecall(store.Identities, new SilentLedger(), new NoProfileCache(), tracker.Policies);
        var dataKeys = new DataKeys(new FixedKeys(), tracker.Time);
        var others = new OtherProfilesReader(store.Identities, new SilentLedger(), store.Keys, dataKeys, tracker.Policies);
        var reader = new WorkingSetReader(store.Records, recall, others, store.Keys, store.Contracts, store.Catalog, dataKeys, tracker.Policies, tracker.Time);
        var (interaction, _) = tracker.Rules.Judge(tracker.Caller, An.PageView(purposes: Purpose.Analytics), tracker.Time.GetUtcNow());
        var pending = new PendingInteraction(interaction!);

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => reader.ReadAsync(tracker.Caller.Tenant, [pending], CancellationToken.None));

        Assert.Equal(RefusalReason.StoreUnavailable, refusal.Reason);
        Assert.Null(pending.Outcome);
        Assert.Empty((await tracker.TimelineAsync(An.AdasCookie, Purpose.Analytics)).Items);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "R-029")]
    public async Task Where_the_store_does_not_answer_the_call_is_unavailable_and_nothing_of_it_is_left_waiting(bool isReading)
    {
        await using var tracker = await TestTracker.StartAsync(isLoopRunning: false);
        var store = new FailingStore(tracker.Store.Records) { FailsReads = isReading, FailsWrites = !isReading };
        using var loop = new IngestionLoop(tracker.Queue, tracker.PipelineOn(store));
        await loop.StartAsync(CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => tracker.RecordAsync(An.Receipt(by: An.Ada)));
        var known = await tracker.Lookup.FindAsync(tracker.Caller, new(null, An.Ada), CancellationToken.None);
        (store.FailsReads, store.FailsWrites) = (false, false);
        var next = await tracker.RecordAsync(An.Receipt(by: An.Ada));
        await loop.StopAsync(CancellationToken.None);

        Assert.Equal(RefusalReason.StoreUnavailable, refusal.Reason);
        Assert.Null(known);
        Assert.Equal(Outcome.Accepted, next.Outcome);
        Assert.Equal(0, tracker.Queue.Waiting);
    }

    private sealed class FailingStore(IRecordStore inner) : IRecordStore
    {
        public bool FailsReads { get; set; }

        public bool FailsWrites { get; set; }

        public int CommitsAtATime => inner.CommitsAtATime;

        public int MinPartSize => inner.MinPartSize;

        public Task<IReadOnlyList<bool>> ExistAsync(TenantId tenant, IReadOnlyList<InteractionKey> keys, CancellationToken cancellation) =>
            FailsReads ? throw RefusalException.StoreUnavailable() : inner.ExistAsync(tenant, keys, cancellation);

        public Task<IReadOnlyList<ContactDocument?>> ReadContactsAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) => inner.ReadContactsAsync(tenant, profiles, cancellation);

        public Task<IReadOnlyList<CommitAnswer>> CommitAsync(MicroBatch batch, CancellationToken cancellation) =>
            FailsWrites ? throw RefusalException.StoreUnavailable() : inner.CommitAsync(batch, cancellation);
    }

    private sealed class SilentLedger : IConsentStore
    {
        public Task<ConsentAppended> AppendAsync(ConsentAppend append, CancellationToken cancellation) => throw RefusalException.StoreUnavailable();

        public Task<IReadOnlyList<IReadOnlyList<ConsentEntry>>> ReadAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) => throw RefusalException.StoreUnavailable();

        public Task<ConsentAppended?> FindRepeatAsync(TenantId tenant, UInt128 requestHash, CancellationToken cancellation) => throw RefusalException.StoreUnavailable();

        public Task<ConsentEntry?> FindConfirmationAsync(TenantId tenant, UInt128 confirmation, CancellationToken cancellation) => throw RefusalException.StoreUnavailable();
    }
}
