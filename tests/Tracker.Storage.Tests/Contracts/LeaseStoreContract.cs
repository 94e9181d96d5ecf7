using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

public abstract class LeaseStoreContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    private static readonly Errand Due = new(A.Tenant, A.Ada, A.Noon);

    [Fact]
    public async Task Of_two_one_has_the_lease()
    {
        Assert.NotNull(await TakeAsync("one"));

        Assert.Null(await TakeAsync("two"));
    }

    [Fact]
    public async Task Of_many_that_take_a_lease_at_once_one_has_it()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 6).Select(node => Task.Run(() => TakeAsync($"{node}"))));

        Assert.Single(taken, fence => fence is not null);
    }

    [Fact]
    public async Task Every_work_has_a_lease_of_its_own()
    {
        await TakeAsync("one");

        Assert.NotNull(await TakeAsync("two", BackgroundWork.Sweep));
    }

    [Fact]
    public async Task Lease_is_free_when_its_time_has_passed()
    {
        await TakeAsync("one");

        GoTo(A.Noon + Duration - TimeSpan.FromMilliseconds(1));
        Assert.Null(await TakeAsync("two"));

        GoTo(A.Noon + Duration);
        Assert.NotNull(await TakeAsync("two"));
    }

    [Fact]
    public async Task Lease_that_is_renewed_stays_where_it_is_under_its_fence()
    {
        var first = await TakeAsync("one");
        GoTo(A.Noon.AddSeconds(20));

        var renewed = await TakeAsync("one");
        GoTo(A.Noon.AddSeconds(40));

        Assert.Equal(first, renewed);
        Assert.Null(await TakeAsync("two"));
    }

    [Fact]
    public async Task Fence_rises_with_every_change_of_holder_however_soon_it_comes()
    {
        var first = (await TakeAsync("one"))!.Value;
        await Storage.Leases.ReleaseAsync(first, Cancellation);
        var second = (await TakeAsync("two"))!.Value;
        await Storage.Leases.ReleaseAsync(second, Cancellation);

        var third = (await TakeAsync("one"))!.Value;

        Assert.True(first.Number < second.Number && second.Number < third.Number);
    }

    [Fact]
    public async Task Fence_is_higher_than_any_before_also_once_those_are_forgotten()
    {
        var before = (await TakeAsync("one"))!.Value;
        GoTo(A.Noon.AddDays(2));
        Assert.Equal(1, (await SweepAsync()).Deleted[ExpiredKind.Lease]);

        var after = (await TakeAsync("two"))!.Value;

        Assert.True(after.Number > before.Number);
    }

    [Fact]
    public async Task Released_lease_is_free_at_once()
    {
        var first = await TakeAsync("one");

        await Storage.Leases.ReleaseAsync(first!.Value, Cancellation);

        Assert.NotNull(await TakeAsync("two"));
    }

    [Fact]
    public async Task Lease_that_another_has_taken_is_not_released_under_the_fence_before()
    {
        var first = await TakeAsync("one");
        GoTo(A.Noon.AddMinutes(1));
        await TakeAsync("two");

        await Storage.Leases.ReleaseAsync(first!.Value, Cancellation);

        Assert.Null(await TakeAsync("one"));
    }

    [Fact]
    public async Task Lease_outlives_the_process_that_took_it()
    {
        await TakeAsync("one");

        await Storage.ReopenAsync();

        Assert.Null(await TakeAsync("two"));
    }

    [Fact]
    public async Task What_is_written_under_the_fence_in_force_is_stored()
    {
        await FillAsync();
        var fence = await TakeAsync("one");

        Assert.True(await Storage.Rollouts.SaveAsync(A.Rollout(after: A.Ada), [], fence, Cancellation));
        Assert.True(await Storage.Reviews.ApplyAsync(Revisions.Of(A.Ada) with { Fence = fence, Deleted = [Revisions.Address(1)] }, Cancellation));
        await Storage.Errands.RemoveAsync([Due], fence, Cancellation);

        Assert.Empty(await FindAsync(1));
        Assert.Empty(await Storage.Errands.ReadDueAsync(A.Noon, 9, Cancellation));
    }

    [Fact]
    public async Task Nothing_is_written_under_a_fence_once_a_higher_one_is_given()
    {
        await FillAsync();
        var fence = await TakeAsync("one");
        GoTo(A.Noon + Duration);
        await TakeAsync("two");

        await Assert.ThrowsAsync<LeaseLostException>(() => Storage.Rollouts.SaveAsync(A.Rollout(after: A.Ada), [], fence, Cancellation));
        await Assert.ThrowsAsync<LeaseLostException>(() => Storage.Reviews.ApplyAsync(Revisions.Of(A.Ada) with { Fence = fence, Deleted = [Revisions.Address(1)] }, Cancellation));
        await Assert.ThrowsAsync<LeaseLostException>(() => Storage.Errands.RemoveAsync([Due], fence, Cancellation));

        Assert.Null(await Storage.Rollouts.FindAsync(A.Tenant, Cancellation));
        Assert.NotEmpty(await FindAsync(1));
        Assert.Equal([Due], await Storage.Errands.ReadDueAsync(A.Noon, 9, Cancellation));
    }

    [Fact]
    public async Task Nothing_is_written_under_a_fence_that_is_forgotten()
    {
        await FillAsync();
        var fence = await TakeAsync("one");
        GoTo(A.Noon.AddDays(2));
        await SweepAsync();

        await Assert.ThrowsAsync<LeaseLostException>(() => Storage.Errands.RemoveAsync([Due], fence, Cancellation));
    }

    [Fact]
    public async Task Fence_of_one_work_says_nothing_of_another()
    {
        await FillAsync();
        var fence = await TakeAsync("one");
        await TakeAsync("two", BackgroundWork.Sweep);

        await Storage.Errands.RemoveAsync([Due], fence, Cancellation);

        Assert.Empty(await Storage.Errands.ReadDueAsync(A.Noon, 9, Cancellation));
    }

    private Task<Fence?> TakeAsync(string holder, BackgroundWork work = BackgroundWork.Review) => Storage.Leases.TakeAsync(work, holder, Duration, Cancellation);

    private async Task FillAsync()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada), A.Interaction(2, A.Ada));
        await Storage.Errands.AddAsync([Due], Cancellation);
    }
}
