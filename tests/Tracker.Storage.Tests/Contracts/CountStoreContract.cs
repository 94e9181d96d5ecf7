using Tracker.Core.Ingestion;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

public abstract class CountStoreContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    [Fact]
    public async Task Count_is_stored_once()
    {
        var first = await Storage.Counts.AppendAsync([A.Count(1), A.Count(2)], Cancellation);

        var second = await Storage.Counts.AppendAsync([A.Count(3), A.Count(2, value: 99)], Cancellation);

        Assert.Equal([CommitAnswer.Stored, CommitAnswer.Stored], first);
        Assert.Equal([CommitAnswer.Stored, CommitAnswer.Duplicate], second);
    }

    [Fact]
    public async Task Same_count_twice_in_one_call_is_a_duplicate_the_second_time()
    {
        var answers = await Storage.Counts.AppendAsync([A.Count(1), A.Count(1, value: 11)], Cancellation);

        Assert.Equal([CommitAnswer.Stored, CommitAnswer.Duplicate], answers);
    }

    [Fact]
    public async Task Tenants_count_apart()
    {
        await Storage.Counts.AppendAsync([A.Count(1)], Cancellation);

        var answers = await Storage.Counts.AppendAsync([A.Count(1, tenant: A.OtherTenant)], Cancellation);

        Assert.Equal([CommitAnswer.Stored], answers);
    }

    [Fact]
    public async Task Count_is_recognised_as_long_as_it_lives_and_not_longer()
    {
        await Storage.Counts.AppendAsync([A.Count(1)], Cancellation);

        GoTo(A.InAMonth.AddMilliseconds(-1));
        Assert.Equal([CommitAnswer.Duplicate], await Storage.Counts.AppendAsync([A.Count(1, until: A.InAMonth.AddDays(1))], Cancellation));

        GoTo(A.InAMonth);
        Assert.Equal([CommitAnswer.Stored], await Storage.Counts.AppendAsync([A.Count(1, until: A.InAMonth.AddDays(1))], Cancellation));
    }

    [Fact]
    public async Task Count_is_recognised_after_a_restart()
    {
        await Storage.Counts.AppendAsync([A.Count(1)], Cancellation);

        await Storage.ReopenAsync();

        Assert.Equal([CommitAnswer.Duplicate], await Storage.Counts.AppendAsync([A.Count(1)], Cancellation));
    }
}
