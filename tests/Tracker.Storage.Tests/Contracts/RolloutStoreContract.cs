using Tracker.Core.Retention;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

public abstract class RolloutStoreContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    [Fact]
    public async Task Rollout_is_found_as_it_was_saved_last()
    {
        await Storage.Rollouts.SaveAsync(A.Rollout(), [], Cancellation);
        var last = A.Rollout(after: A.Ada, finishedAt: A.Noon.AddHours(1));

        await Storage.Rollouts.SaveAsync(last, [], Cancellation);
        await Storage.ReopenAsync();

        Assert.Equal(Snapshot.Of(last), Snapshot.Of(await Storage.Rollouts.FindAsync(A.Tenant, Cancellation)));
        Assert.Null(await Storage.Rollouts.FindAsync(A.OtherTenant, Cancellation));
    }

    [Fact]
    public async Task Errands_it_has_come_to_are_written_with_it()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada));
        Errand errand = new(A.Tenant, A.Ada, A.Noon);

        await Storage.Rollouts.SaveAsync(A.Rollout(after: A.Ada), [errand], Cancellation);

        Assert.Equal([errand], await Storage.Errands.ReadDueAsync(A.Noon, 9, Cancellation));
    }

    [Fact]
    public async Task Rollout_is_gone_when_its_time_has_passed()
    {
        await Storage.Rollouts.SaveAsync(A.Rollout(), [], Cancellation);

        GoTo(A.InAMonth);

        Assert.Null(await Storage.Rollouts.FindAsync(A.Tenant, Cancellation));
        Assert.Equal(1, (await SweepAsync()).Deleted[ExpiredKind.Rollout]);
    }
}
