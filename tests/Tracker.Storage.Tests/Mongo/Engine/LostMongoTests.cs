using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;
using Tracker.TestServers;

namespace Tracker.Storage.Tests.Mongo.Engine;

/// <summary>MongoDB at the end of a link that is cut, frozen and mended.</summary>
public sealed class LostMongoTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_is_gone_is_asked_no_longer_after_some_calls_and_serves_again_when_it_is_back()
    {
        await using var linked = await LinkedStore.OpenAsync(options => options.BreakFor = TimeSpan.FromSeconds(5));

        linked.Link.Cut();
        var first = await RefusedAsync(linked);
        await Eventually.BecomesAsync("it is asked no longer", async () => await RefusedAsync(linked) is not null && linked.Refused("broken") > 0, Cancellation);
        var away = linked.Answers;
        linked.Link.Mend();
        await UntilItServesAsync(linked);

        Assert.Equal((RefusalReason.StoreUnavailable, true, null), (first!.Reason, first.IsOutage, first.InnerException));
        Assert.NotNull(first.RetryAfter);
        Assert.Equal([5001, 5002], linked.Told);
        Assert.Equal((false, true), (away, linked.Answers));
    }

    [Fact]
    public async Task Outage_however_long_is_told_in_two_lines()
    {
        await using var linked = await LinkedStore.OpenAsync(options => options.ServerSelectionTimeout = TimeSpan.FromMilliseconds(500));
        linked.Link.Cut();

        // Each of them comes after another trial that has failed.
        await Eventually.BecomesAsync("it was tried five times", async () => await RefusedAsync(linked) is not null && linked.Refused("away") >= 5, Cancellation);
        linked.Link.Mend();
        await UntilItServesAsync(linked);

        Assert.Equal([5001, 5002], linked.Told);
    }

    [Fact]
    public async Task One_that_is_paused_refuses_in_time_and_nothing_is_half_written()
    {
        await using var linked = await LinkedStore.OpenAsync(options => options.OperationTimeout = TimeSpan.FromSeconds(1));
        linked.Link.Freeze();

        var started = TimeProvider.System.GetTimestamp();
        var read = RefusedAsync(linked);
        var write = await Assert.ThrowsAsync<RefusalException>(() => CommitAsync(linked, 1));
        var waited = TimeProvider.System.GetElapsedTime(started);
        linked.Link.Continue();
        await UntilItServesAsync(linked);

        Assert.True((await read)?.IsOutage);
        Assert.True(write.IsOutage);
        Assert.InRange(waited, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Equal(CommitAnswer.Stored, await CommitAsync(linked, 1));
    }

    [Fact]
    public async Task Caller_that_gives_up_on_a_paused_one_shows_others_that_it_is_away()
    {
        await using var linked = await LinkedStore.OpenAsync(options =>
            (options.OperationTimeout, options.TransactionBudget, options.BreakFor) = (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)));
        linked.Link.Freeze();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => linked.Store.Identities.ReadControlsAsync(A.Tenant, [A.Ada], patience.Token));
        }));

        Assert.True((await RefusedAsync(linked))?.IsOutage);
        Assert.Equal(1, linked.Refused("broken"));
        Assert.Equal([5001], linked.Told);
    }

    [Fact]
    public async Task Commit_that_nobody_knows_of_is_refused_and_its_repeat_is_a_duplicate()
    {
        await using var linked = await LinkedStore.OpenAsync(options => options.OperationTimeout = TimeSpan.FromSeconds(1));
        await CommitAsync(linked, 1);
        linked.Link.FreezeAfter("commitTransaction");

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => CommitAsync(linked, 2));
        linked.Link.Continue();
        await UntilItServesAsync(linked);

        Assert.Equal((RefusalReason.StoreUnavailable, true), (refusal.Reason, refusal.RetryAfter is not null));
        Assert.Equal(CommitAnswer.Duplicate, await CommitAsync(linked, 2));
        Assert.Equal(1, linked.Refused("unknown"));
        Assert.Equal(2, (await linked.Store.Reviews.ListRecordsAsync(A.Tenant, A.Ada, after: null, 10, Cancellation)).Count);
    }

    [Fact]
    public async Task Transaction_whose_connection_breaks_before_its_commit_begins_again()
    {
        await using var linked = await LinkedStore.OpenAsync();
        await CommitAsync(linked, 1);
        linked.Link.CutAt("startTransaction");

        Assert.Equal(CommitAnswer.Stored, await CommitAsync(linked, 2));

        Assert.Equal(1, linked.Repeated("transient"));
        Assert.Empty(linked.Told);
    }

    [Fact]
    public async Task Transactions_that_meet_begin_again_and_are_counted()
    {
        await using var linked = await LinkedStore.OpenAsync();

        await CommitAsync(linked, 1);

        var answers = await Task.WhenAll(Enumerable.Range(2, 8).Select(number => CommitAsync(linked, number)));

        Assert.All(answers, answer => Assert.Equal(CommitAnswer.Stored, answer));
        Assert.True(linked.Repeated("key") + linked.Repeated("conflict") > 0);
        Assert.Empty(linked.Told);
    }

    [Fact]
    public async Task Start_waits_for_one_that_comes_up_later_and_no_longer_than_it_was_told()
    {
        await using var linked = await LinkedStore.MakeAsync();
        linked.Link.Cut();

        await Assert.ThrowsAsync<RefusalException>(() => linked.ConnectAsync(options => (options.StartTimeout, options.ServerSelectionTimeout) = (TimeSpan.Zero, TimeSpan.FromMilliseconds(500))));
        var waiting = linked.ConnectAsync(options => (options.StartTimeout, options.ServerSelectionTimeout) = (TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(500)));
        await Eventually.BecomesAsync("it is told to be away", () => linked.Told.Any(), Cancellation);
        linked.Link.Mend();
        await waiting;

        Assert.True(await ServesAsync(linked));
    }

    private static async Task<CommitAnswer> CommitAsync(LinkedStore linked, int number)
    {
        var batch = MicroBatches.Of(number == 1 ? A.NewProfile(A.Ada) : A.KnownProfile(A.Ada), A.Interaction(number, A.Ada));
        return Assert.Single(await linked.Store.Records.CommitAsync(batch, Cancellation));
    }

    private static async Task<RefusalException?> RefusedAsync(LinkedStore linked)
    {
        try
        {
            await linked.Store.Identities.ReadControlsAsync(A.Tenant, [A.Ada], Cancellation);
            return null;
        }
        catch (RefusalException refusal)
        {
            return refusal;
        }
    }

    private static Task UntilItServesAsync(LinkedStore linked) => Eventually.BecomesAsync("it serves again", () => ServesAsync(linked), Cancellation);

    private static async Task<bool> ServesAsync(LinkedStore linked) => await RefusedAsync(linked) is null;
}
