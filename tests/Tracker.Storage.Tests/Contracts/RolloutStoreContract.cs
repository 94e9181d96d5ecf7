using Tracker.Core.Retention;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

public abstract class RolloutStoreContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    [Fact]
    public async Task Rollout_is_found_as_it_was_saved_last()
    {
        await Storage.Rollouts.SaveAsync(A.Rollout(), [], fence: null, Cancellation);
        var last = A.Rollout(after: A.Ada, finishedAt: A.Noon.AddHours(1), version: 2);

        await Storage.Rollouts.SaveAsync(last, [], fence: null, Cancellation);
        await Storage.ReopenAsync();

        Assert.Equal(Snapshot.Of(last), Snapshot.Of(await Storage.Rollouts.FindAsync(A.Tenant, Cancellation)));
        Assert.Null(await Storage.Rollouts.FindAsync(A.OtherTenant, Cancellation));
    }

    [Fact]
    public async Task Errands_it_has_come_to_are_written_with_it()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada));
        Errand errand = new(A.Tenant, A.Ada, A.Noon);

        await Storage.Rollouts.SaveAsync(A.Rollout(after: A.Ada), [errand], fence: null, Cancellation);

        Assert.Equal([errand], await Storage.Errands.ReadDueAsync(A.Noon, 9, Cancellation));
    }

    [Fact]
    public async Task Rollout_that_another_has_written_since_it_was_read_is_not_overwritten()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada));
        await Storage.Rollouts.SaveAsync(A.Rollout(), [], fence: null, Cancellation);
        var first = A.Rollout(finishedAt: A.Noon, version: 2);
        Assert.True(await Storage.Rollouts.SaveAsync(first, [], fence: null, Cancellation));

        Assert.False(await Storage.Rollouts.SaveAsync(A.Rollout(after: A.Ada, version: 2), [new(A.Tenant, A.Ada, A.Noon)], fence: null, Cancellation));
        Assert.False(await Storage.Rollouts.SaveAsync(A.Rollout(after: A.Ada), [], fence: null, Cancellation));

        Assert.Equal(Snapshot.Of(first), Snapshot.Of(await Storage.Rollouts.FindAsync(A.Tenant, Cancellation)));
        Assert.Empty(await Storage.Errands.ReadDueAsync(A.Noon, 9, Cancellation));
    }

    [Fact]
    public async Task Of_two_that_read_the_same_rollout_one_is_stored()
    {
        await Storage.Rollouts.SaveAsync(A.Rollout(), [], fence: null, Cancellation);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(
            () => Storage.Rollouts.SaveAsync(A.Rollout(finishedAt: A.Noon.AddHours(writer), version: 2), [], fence: null, Cancellation))));

        Assert.Single(answers, isStored => isStored);
    }

    [Fact]
    public async Task First_rollout_of_a_tenant_is_stored_only_where_there_is_none()
    {
        Assert.False(await Storage.Rollouts.SaveAsync(A.Rollout(version: 2), [], fence: null, Cancellation));
        await Storage.Rollouts.SaveAsync(A.Rollout(), [], fence: null, Cancellation);

        GoTo(A.InAMonth);

        Assert.True(await Storage.Rollouts.SaveAsync(A.Rollout(until: A.InAMonth.AddDays(1)), [], fence: null, Cancellation));
    }

    [Fact]
    public async Task Rollout_is_gone_when_its_time_has_passed()
    {
        await Storage.Rollouts.SaveAsync(A.Rollout(), [], fence: null, Cancellation);

        GoTo(A.InAMonth);

        Assert.Null(await Storage.Rollouts.FindAsync(A.Tenant, Cancellation));
        Assert.Equal(1, (await SweepAsync()).Deleted[ExpiredKind.Rollout]);
    }
}
