using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

/// <summary>What arrives between the reading and the writing of a review.</summary>
public sealed class ReviewRaceTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync(TestTracker.Noon.AddMinutes(30));
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Ada), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task An_errand_that_is_written_while_another_of_the_same_hour_is_done_is_not_lost()
    {
        await _tracker.RecordAsync(An.Receipt(by: An.Ada));
        await _tracker.RecordAsync(An.Newsletter("open") with { Type = "account.opened", Purposes = [Purpose.ServiceDelivery] });
        await _tracker.RecordAsync(An.Newsletter("close", at: TestTracker.Noon.AddMinutes(10)) with { Type = "account.closed", Content = new(), Purposes = [Purpose.ServiceDelivery] });
        var due = await DueAsync();
        var closed = TestTracker.Noon.AddMinutes(59);
        _tracker.Time.SetUtcNow(closed);
        var (late, _) = _tracker.Rules.Judge(_tracker.Caller, An.Newsletter("again", at: closed) with { Type = "account.closed", Content = new(), Purposes = [Purpose.ServiceDelivery] }, closed);
        IReadOnlyList<CommitAnswer> answers = [];
        var store = new CommitStore(_tracker.Store.Records, async batch =>
        {
            _tracker.Time.SetUtcNow(TestTracker.Noon.AddHours(1).AddSeconds(5));
            await _tracker.ReviewerOn(new InterruptedReviews(_tracker.Store.Reviews, beforeApply: async () => answers = await _tracker.Store.Records.CommitAsync(batch, CancellationToken.None)))
                .ReviewAsync(due[0].Tenant, due[0].Profile, due, fence: null, CancellationToken.None);
            return answers;
        });

        await _tracker.PipelineOn(store).ProcessAsync(_tracker.Caller.Tenant, [new PendingInteraction(late!)], CancellationToken.None);

        Assert.Equal([CommitAnswer.Stored], answers);
        Assert.NotEmpty(await DueAsync());
    }

    [Fact]
    [Trait("Compliance", "R-053")]
    public async Task A_booking_that_arrives_with_its_key_during_a_review_keeps_its_own_end()
    {
        var booked = An.Receipt("receipt", An.Ada) with { Content = new() { Commerce = An.Order().Content.Commerce, Store = new() { StoreId = "milano-1", BusinessDate = new(2026, 11, 24) } } };
        var reviewer = _tracker.ReviewerOn(new InterruptedReviews(_tracker.Store.Reviews, beforeList: () => _tracker.RecordAsync(booked)));
        var control = await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, An.Ada), CancellationToken.None);

        await reviewer.ReviewAsync(control.Tenant, control.Profile, [], fence: null, CancellationToken.None);

        var fiscal = (await _tracker.RecordsAsync(An.Ada)).Single(record => record.Class == RetentionClass.Fiscal);
        Assert.Equal(new DateTimeOffset(2036, 11, 24, 23, 0, 0, TimeSpan.Zero), fiscal.ExpireAt);
    }

    private Task<IReadOnlyList<Errand>> DueAsync() => _tracker.Store.Errands.ReadDueAsync(TestTracker.Noon.AddHours(3), 100, CancellationToken.None);

    private sealed class CommitStore(IRecordStore inner, Func<MicroBatch, Task<IReadOnlyList<CommitAnswer>>> commit) : IRecordStore
    {
        public int CommitsAtATime => inner.CommitsAtATime;

        public int MinPartSize => inner.MinPartSize;

        public Task<IReadOnlyList<bool>> ExistAsync(TenantId tenant, IReadOnlyList<InteractionKey> keys, CancellationToken cancellation) => inner.ExistAsync(tenant, keys, cancellation);

        public Task<IReadOnlyList<ContactDocument?>> ReadContactsAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) => inner.ReadContactsAsync(tenant, profiles, cancellation);

        public Task<IReadOnlyList<CommitAnswer>> CommitAsync(MicroBatch batch, CancellationToken cancellation) => commit(batch);
    }

    /// <summary>Something happens once, before the records are read or before the review is written.</summary>
    private sealed class InterruptedReviews(IReviewStore inner, Func<Task>? beforeList = null, Func<Task>? beforeApply = null) : IReviewStore
    {
        private Func<Task>? _beforeList = beforeList;
        private Func<Task>? _beforeApply = beforeApply;

        public Task<ContactDocument?> FindContactAsync(TenantId tenant, ProfileId profile, CancellationToken cancellation) => inner.FindContactAsync(tenant, profile, cancellation);

        public async Task<IReadOnlyList<InteractionRecord>> ListRecordsAsync(TenantId tenant, ProfileId profile, RecordAddress? after, int limit, CancellationToken cancellation)
        {
            await (Interlocked.Exchange(ref _beforeList, null)?.Invoke() ?? Task.CompletedTask);
            return await inner.ListRecordsAsync(tenant, profile, after, limit, cancellation);
        }

        public async Task<bool> ApplyAsync(ProfileRevision revision, CancellationToken cancellation)
        {
            await (Interlocked.Exchange(ref _beforeApply, null)?.Invoke() ?? Task.CompletedTask);
            return await inner.ApplyAsync(revision, cancellation);
        }

        public Task<bool> ChangeHoldsAsync(
            TenantId tenant,
            ProfileId profile,
            long expectedEpoch,
            IReadOnlyList<ProfileHold> holds,
            bool isRestricted,
            IReadOnlyList<Errand> errands,
            CancellationToken cancellation) => inner.ChangeHoldsAsync(tenant, profile, expectedEpoch, holds, isRestricted, errands, cancellation);
    }
}
