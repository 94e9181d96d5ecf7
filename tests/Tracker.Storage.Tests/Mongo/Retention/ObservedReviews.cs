using Tracker.Core.Model;
using Tracker.Core.Retention;

namespace Tracker.Storage.Tests.Mongo.Retention;

/// <summary>Counts what a node has written, and lets something happen before it writes.</summary>
internal sealed class ObservedReviews(IReviewStore inner) : IReviewStore
{
    private int _applied;

    public int Applied => _applied;

    public Func<Task>? BeforeApply { get; set; }

    public Task<ContactDocument?> FindContactAsync(TenantId tenant, ProfileId profile, CancellationToken cancellation) => inner.FindContactAsync(tenant, profile, cancellation);

    public Task<IReadOnlyList<InteractionRecord>> ListRecordsAsync(TenantId tenant, ProfileId profile, RecordAddress? after, int limit, CancellationToken cancellation) =>
        inner.ListRecordsAsync(tenant, profile, after, limit, cancellation);

    public async Task<bool> ApplyAsync(ProfileRevision revision, CancellationToken cancellation)
    {
        await (BeforeApply?.Invoke() ?? Task.CompletedTask);
        var isApplied = await inner.ApplyAsync(revision, cancellation);
        Interlocked.Increment(ref _applied);
        return isApplied;
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
