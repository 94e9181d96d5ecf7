using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

public sealed class WriteDeadlineTests
{
    [Fact]
    [Trait("Compliance", "E01")]
    public async Task A_write_that_was_not_committed_in_time_is_refused_and_can_never_be_committed()
    {
        await using var tracker = await TestTracker.StartAsync(isLoopRunning: false);
        var store = new SlowStore(tracker.Store.Records, tracker.Time);
        var (sound, _) = tracker.Rules.Judge(tracker.Caller, An.Receipt(by: An.Ada), TestTracker.Noon);

        var refusal = await Assert.ThrowsAsync<RefusalException>(() =>
            tracker.PipelineOn(store).ProcessAsync(tracker.Caller.Tenant, [new PendingInteraction(sound!)], CancellationToken.None));

        Assert.Equal(RefusalReason.StoreUnavailable, refusal.Reason);
        Assert.Null(await tracker.Lookup.FindAsync(tracker.Caller, new(null, An.Ada), CancellationToken.None));
    }

    [Fact]
    [Trait("Compliance", "E01")]
    public async Task Of_a_batch_that_was_decided_before_a_withdrawal_each_item_is_decided_again_at_the_commit()
    {
        await using var tracker = await TestTracker.StartAsync(isLoopRunning: false);
        await tracker.Notices.RegisterAsync(tracker.Caller, An.Notice(), CancellationToken.None);
        await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.Analytics, An.Ada), CancellationToken.None);
        await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.Analytics, An.Bob), CancellationToken.None);
        var store = new InterruptedStore(tracker.Store.Records, () => tracker.Ledger.WithdrawAsync(tracker.Caller, An.Withdrawal(Purpose.Analytics, An.Ada), CancellationToken.None));
        List<PendingInteraction> items = [.. new[] { An.Ada, An.Bob }
            .Select(person => An.PageView($"view-{person.Kind}", person, null, Purpose.Analytics))
            .Select(draft => new PendingInteraction(tracker.Rules.Judge(tracker.Caller, draft, TestTracker.Noon).Sound!))];

        await tracker.PipelineOn(store).ProcessAsync(tracker.Caller.Tenant, items, CancellationToken.None);

        Assert.Equal([Outcome.Denied, Outcome.Accepted], items.Select(item => item.Outcome!.Outcome));
        Assert.Equal(Reason.ConsentWithdrawn, items[0].Outcome!.Reason);
        Assert.Empty(await tracker.RecordsAsync(An.Ada));
    }

    [Theory]
    [InlineData(75, false)]
    [InlineData(74, true)]
    public void A_deadline_that_outlasts_the_wait_for_the_second_pass_is_refused_at_the_start(int seconds, bool isAccepted)
    {
        var validator = new WriteDeadlineValidator(Options.Create(new ConsentOptions { SecondPassDelay = TimeSpan.FromSeconds(75) }));

        var result = validator.Validate(null, new IngestionOptions { WriteDeadline = TimeSpan.FromSeconds(seconds) });

        Assert.Equal(isAccepted, result.Succeeded);
    }

    /// <summary>The clock passes the deadline while the store has not begun to write.</summary>
    private sealed class SlowStore(IRecordStore inner, FakeTimeProvider time) : IRecordStore
    {
        public int CommitsAtATime => inner.CommitsAtATime;

        public int MinPartSize => inner.MinPartSize;

        public Task<IReadOnlyList<bool>> ExistAsync(TenantId tenant, IReadOnlyList<InteractionKey> keys, CancellationToken cancellation) => inner.ExistAsync(tenant, keys, cancellation);

        public Task<IReadOnlyList<ContactDocument?>> ReadContactsAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) => inner.ReadContactsAsync(tenant, profiles, cancellation);

        public Task<IReadOnlyList<CommitAnswer>> CommitAsync(MicroBatch batch, CancellationToken cancellation)
        {
            time.Advance(new IngestionOptions().WriteDeadline);
            return inner.CommitAsync(batch, cancellation);
        }
    }

    /// <summary>Something happens between the decision and the commit, once.</summary>
    private sealed class InterruptedStore(IRecordStore inner, Func<Task> interruption) : IRecordStore
    {
        private bool _isOver;

        public int CommitsAtATime => inner.CommitsAtATime;

        public int MinPartSize => inner.MinPartSize;

        public Task<IReadOnlyList<bool>> ExistAsync(TenantId tenant, IReadOnlyList<InteractionKey> keys, CancellationToken cancellation) => inner.ExistAsync(tenant, keys, cancellation);

        public Task<IReadOnlyList<ContactDocument?>> ReadContactsAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) => inner.ReadContactsAsync(tenant, profiles, cancellation);

        public async Task<IReadOnlyList<CommitAnswer>> CommitAsync(MicroBatch batch, CancellationToken cancellation)
        {
            if (!_isOver)
            {
                _isOver = true;
                await interruption();
            }

            return await inner.CommitAsync(batch, cancellation);
        }
    }
}
