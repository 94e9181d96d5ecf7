using Microsoft.Extensions.Time.Testing;
using Tracker.Core.Retention;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Mongo.Retention;

/// <summary>Two processes over one database, each with all that a server does in the background.</summary>
public sealed class BackgroundNodesTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Tomorrow = A.Noon.AddDays(1);

    private readonly MongoStorage _storage = new();
    private readonly FakeTimeProvider _time = new(A.Noon);
    private readonly FakeTimeProvider _otherTime = new(A.Noon);
    private BackgroundNode _one = null!;
    private BackgroundNode _other = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _storage.StartAsync();
        _one = new BackgroundNode(await _storage.OpenAsync(_time, isExpiredByServer: false), _time);
        _other = new BackgroundNode(await _storage.OpenAsync(_otherTime, isExpiredByServer: false), _otherTime);
    }

    public async ValueTask DisposeAsync()
    {
        _one.Dispose();
        _other.Dispose();
        await _storage.DisposeAsync();
    }

    [Fact]
    [Trait("Compliance", "E46")]
    public async Task Errand_is_done_once_by_one_of_two_nodes_that_begin_at_the_same_time()
    {
        await AddErrandAsync();

        var passes = await Task.WhenAll(_one.Reviews.PassAsync(Cancellation), _other.Reviews.PassAsync(Cancellation));

        Assert.Single(passes, isDone => isDone);
        Assert.Equal(1, _one.Writes.Applied + _other.Writes.Applied);
        Assert.Empty(await DueAsync());
    }

    [Fact]
    [Trait("Compliance", "E46")]
    public async Task Errands_of_a_node_that_has_died_are_done_by_the_other_once_the_lease_is_over()
    {
        Assert.True(await _one.Reviews.PassAsync(Cancellation));
        await AddErrandAsync();
        Assert.False(await _other.Reviews.PassAsync(Cancellation));
        Assert.Single(await DueAsync());

        _otherTime.Advance(TimeSpan.FromSeconds(30));

        Assert.True(await _other.Reviews.PassAsync(Cancellation));
        Assert.Equal(1, _other.Writes.Applied);
        Assert.Empty(await DueAsync());
    }

    [Fact]
    [Trait("Compliance", "E46")]
    public async Task Node_that_was_paused_beyond_its_lease_writes_nothing_of_what_it_had_in_hand()
    {
        await AddErrandAsync();
        var isTakenOver = false;
        _one.Writes.BeforeApply = async () =>
        {
            _otherTime.Advance(TimeSpan.FromSeconds(30));
            isTakenOver = await _other.Reviews.PassAsync(Cancellation);
        };

        Assert.False(await _one.Reviews.PassAsync(Cancellation));

        Assert.True(isTakenOver);
        Assert.Equal((0, 1), (_one.Writes.Applied, _other.Writes.Applied));
        Assert.Empty(await DueAsync());
    }

    [Fact]
    public async Task Node_that_was_paused_does_not_count_as_the_one_that_works_until_the_other_is_gone()
    {
        await _one.Reviews.PassAsync(Cancellation);
        _otherTime.Advance(TimeSpan.FromSeconds(30));
        await _other.Reviews.PassAsync(Cancellation);

        Assert.False(await _one.Reviews.PassAsync(Cancellation));
        await _other.Reviews.StopAsync(Cancellation);

        Assert.True(await _one.Reviews.PassAsync(Cancellation));
    }

    [Fact]
    public async Task Expired_documents_are_deleted_by_the_node_that_holds_the_work_and_by_the_other_once_it_has_stopped()
    {
        await AddErrandAsync();
        _time.SetUtcNow(A.InAMonth);
        _otherTime.SetUtcNow(A.InAMonth);

        var passes = await Task.WhenAll(_one.Sweeper.PassAsync(Cancellation), _other.Sweeper.PassAsync(Cancellation));
        var (holder, next) = passes[0] ? (_one, _other) : (_other, _one);
        await holder.Sweeper.StopAsync(Cancellation);

        Assert.Single(passes, isDone => isDone);
        Assert.DoesNotContain("records", await _storage.ListOccupiedAsync());
        Assert.True(await next.Sweeper.PassAsync(Cancellation));
    }

    [Fact]
    public async Task One_node_may_review_while_the_other_sweeps()
    {
        Assert.True(await _one.Reviews.PassAsync(Cancellation));

        Assert.True(await _other.Sweeper.PassAsync(Cancellation));
    }

    private async Task AddErrandAsync()
    {
        await _storage.Records.CommitAsync(MicroBatches.Of(A.NewProfile(A.Ada), A.Interaction(1, A.Ada)), Cancellation);
        await _storage.Errands.AddAsync([new Errand(A.Tenant, A.Ada, A.Noon)], Cancellation);
    }

    private Task<IReadOnlyList<Errand>> DueAsync() => _storage.Errands.ReadDueAsync(Tomorrow, 9, Cancellation);
}
