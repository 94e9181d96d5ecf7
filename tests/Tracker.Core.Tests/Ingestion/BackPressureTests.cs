using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

public sealed class BackPressureTests
{
    [Fact]
    public async Task A_full_queue_refuses_at_once_and_says_when_to_come_back()
    {
        await using var tracker = await TestTracker.StartAsync(options: new() { MaxWaiting = 2 }, isLoopRunning: false);
        var waiting = tracker.RecordAsync(An.Order("a"), An.Order("b"));

        var refused = await Assert.ThrowsAsync<RefusalException>(() => tracker.RecordAsync(An.Order("c")));

        Assert.Equal(RefusalReason.Overloaded, refused.Reason);
        Assert.NotNull(refused.RetryAfter);
        await tracker.StartLoopAsync();
        Assert.All(await waiting, outcome => Assert.Equal(Outcome.Accepted, outcome.Outcome));
    }

    [Fact]
    public async Task A_few_large_interactions_fill_the_queue_like_many_small_ones()
    {
        await using var tracker = await TestTracker.StartAsync(options: new() { MaxWaitingBytes = 1_048_576, MaxInteractionBytes = 1_048_576 }, isLoopRunning: false);
        var waiting = tracker.RecordAsync(An.Order("a") with { SizeInBytes = 600_000 });

        var refused = await Assert.ThrowsAsync<RefusalException>(() => tracker.RecordAsync(An.Order("b") with { SizeInBytes = 600_000 }));

        Assert.Equal(RefusalReason.Overloaded, refused.Reason);
        await tracker.StartLoopAsync();
        Assert.Equal(Outcome.Accepted, (await waiting).Outcome);
    }

    [Fact]
    public async Task A_refused_call_leaves_its_room_to_the_next()
    {
        await using var tracker = await TestTracker.StartAsync(options: new() { MaxWaiting = 2 }, isLoopRunning: false);
        var waiting = tracker.RecordAsync(An.Order("a"), An.Order("b"));
        await Assert.ThrowsAsync<RefusalException>(() => tracker.RecordAsync(An.Order("c")));
        await tracker.StartLoopAsync();
        await waiting;

        Assert.Equal(Outcome.Accepted, (await tracker.RecordAsync(An.Order("c"))).Outcome);
        Assert.Equal(0, tracker.Queue.Waiting);
    }

    [Fact]
    public async Task Stopping_finishes_what_was_let_in_and_refuses_the_rest()
    {
        await using var tracker = await TestTracker.StartAsync(isLoopRunning: false);
        var inside = tracker.RecordAsync(An.Order("a"));
        await tracker.StartLoopAsync();

        await tracker.StopLoopAsync();

        var refused = await Assert.ThrowsAsync<RefusalException>(() => tracker.RecordAsync(An.Order("b")));
        Assert.Equal(Outcome.Accepted, (await inside).Outcome);
        Assert.Equal(RefusalReason.ShuttingDown, refused.Reason);
    }

    [Fact]
    public async Task Many_calls_at_once_are_coalesced_and_each_gets_its_own_answer()
    {
        await using var tracker = await TestTracker.StartAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => tracker.RecordAsync(An.Order($"order-{i}", An.Ada))));

        Assert.All(outcomes, outcome => Assert.Equal(Outcome.Accepted, outcome.Outcome));
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"order-{i}"), outcomes.Select(outcome => outcome.MessageId));
    }

    [Fact]
    public async Task A_call_over_the_whole_queue_is_served_when_nobody_else_waits()
    {
        await using var tracker = await TestTracker.StartAsync(options: new() { MaxWaiting = 1 });

        var outcomes = await tracker.RecordAsync(An.Order("a"), An.Order("b"));

        Assert.All(outcomes, outcome => Assert.Equal(Outcome.Accepted, outcome.Outcome));
    }

    [Fact]
    public async Task A_stream_waits_for_room_instead_of_being_refused()
    {
        await using var tracker = await TestTracker.StartAsync(options: new() { MaxWaiting = 2 }, isLoopRunning: false);
        var inside = tracker.RecordAsync(An.Order("a"), An.Order("b"));

        var outside = tracker.Recorder.AdmitAsync(tracker.Caller, [An.Order("c")], TestContext.Current.CancellationToken);
        Assert.False(outside.IsCompleted);

        await tracker.StartLoopAsync();
        await inside;
        Assert.Equal(Outcome.Accepted, (await await outside)[0].Outcome);
    }

    [Fact]
    public async Task A_stream_that_waits_for_room_is_told_when_the_server_stops()
    {
        await using var tracker = await TestTracker.StartAsync(options: new() { MaxWaiting = 1 }, isLoopRunning: false);
        _ = tracker.RecordAsync(An.Order("a"));
        var outside = tracker.Recorder.AdmitAsync(tracker.Caller, [An.Order("b")], TestContext.Current.CancellationToken);

        tracker.Queue.Close();

        Assert.Equal(RefusalReason.ShuttingDown, (await Assert.ThrowsAsync<RefusalException>(() => outside)).Reason);
    }

    [Fact]
    public async Task Streams_of_a_source_enter_in_the_order_they_came()
    {
        await using var tracker = await TestTracker.StartAsync(options: new() { MaxWaiting = 1 }, isLoopRunning: false);
        _ = tracker.RecordAsync(An.Order("a"));
        var first = Admit(tracker, "b");
        var second = Admit(tracker, "c");

        Leave(tracker);
        await first;

        Assert.False(second.IsCompleted);
    }

    [Fact]
    public async Task A_stream_that_gave_up_waiting_does_not_enter_and_is_in_nobodys_way()
    {
        await using var tracker = await TestTracker.StartAsync(options: new() { MaxWaiting = 1 }, isLoopRunning: false);
        using var ended = new CancellationTokenSource();
        _ = tracker.RecordAsync(An.Order("a"));
        var given = Admit(tracker, "b", ended.Token);
        var next = Admit(tracker, "c");

        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Leave(tracker);
        await next;

        Assert.Equal(["c"], tracker.Queue.Take(besides: []).Select(item => item.Interaction.MessageId));
    }

    [Fact]
    public async Task A_call_does_not_overtake_the_streams_of_its_own_source()
    {
        await using var tracker = await TestTracker.StartAsync(options: new() { MaxWaiting = 5 }, isLoopRunning: false);
        _ = tracker.RecordAsync(An.Order("a"));
        _ = tracker.Recorder.AdmitAsync(tracker.Caller, [.. Enumerable.Range(0, 5).Select(number => An.Order($"b-{number}"))], TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<RefusalException>(() => tracker.RecordAsync(An.Order("c")));

        Assert.Equal(RefusalReason.Overloaded, refused.Reason);
    }

    [Fact]
    public async Task Who_is_refused_is_told_how_long_what_waits_will_take()
    {
        await using var tracker = await TestTracker.StartAsync(options: new() { MaxWaiting = 10 }, isLoopRunning: false);
        _ = tracker.RecordAsync(Orders("a", 4));
        _ = tracker.RecordAsync(Orders("b", 2));

        tracker.Time.Advance(TimeSpan.FromSeconds(2));
        Leave(tracker);
        _ = tracker.RecordAsync(Orders("c", 4));
        var refused = await Assert.ThrowsAsync<RefusalException>(() => tracker.RecordAsync(Orders("d", 10)));

        Assert.Equal(TimeSpan.FromSeconds(3), refused.RetryAfter);
    }

    [Fact]
    public async Task How_long_nothing_came_says_nothing_about_how_long_what_waits_will_take()
    {
        await using var tracker = await TestTracker.StartAsync(options: new() { MaxWaiting = 10 }, isLoopRunning: false);
        _ = tracker.RecordAsync(Orders("a", 8));
        Leave(tracker);

        tracker.Time.Advance(TimeSpan.FromHours(1));
        _ = tracker.RecordAsync(Orders("b", 8));
        var refused = await Assert.ThrowsAsync<RefusalException>(() => tracker.RecordAsync(Orders("c", 10)));

        Assert.Equal(new IngestionOptions().RetryDelay, refused.RetryAfter);
    }

    [Fact]
    public async Task A_node_with_a_cap_takes_no_more_each_second()
    {
        await using var tracker = await TestTracker.StartAsync(options: new() { MaxPerSecond = 20 }, isLoopRunning: false);
        var sent = Task.WhenAll(Enumerable.Range(0, 10).Select(number => tracker.RecordAsync(An.Order($"order-{number}"))));
        var began = tracker.Time.GetUtcNow();
        await tracker.StartLoopAsync();

        // In small steps: the loop may begin to wait after any of them.
        while (!sent.IsCompleted)
        {
            tracker.Time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        Assert.True(tracker.Time.GetUtcNow() - began >= TimeSpan.FromMilliseconds(400));
    }

    [Fact]
    public async Task A_second_of_a_cap_may_wait_and_no_more()
    {
        await using var tracker = await TestTracker.StartAsync(options: new() { MaxPerSecond = 2 }, isLoopRunning: false);
        _ = tracker.RecordAsync(An.Order("a"), An.Order("b"));

        await Assert.ThrowsAsync<RefusalException>(() => tracker.RecordAsync(An.Order("c")));
        Assert.Equal(1, tracker.Queue.Used);
    }

    [Fact]
    public void The_options_of_ingestion_are_checked_by_name()
    {
        var result = new IngestionOptionsValidator().Validate(null, new IngestionOptions { MaxWaiting = 0 });

        Assert.Contains(nameof(IngestionOptions.MaxWaiting), result.FailureMessage, StringComparison.Ordinal);
    }

    private static Task<Task<IReadOnlyList<InteractionOutcome>>> Admit(TestTracker tracker, string id, CancellationToken? cancellation = null) =>
        tracker.Recorder.AdmitAsync(tracker.Caller, [An.Order(id)], cancellation ?? TestContext.Current.CancellationToken);

    private static InteractionDraft[] Orders(string id, int count) => [.. Enumerable.Range(0, count).Select(number => An.Order($"{id}-{number}"))];

    /// <summary>The first that is inside is answered.</summary>
    private static void Leave(TestTracker tracker) => tracker.Queue.Leave(tracker.Queue.Take(besides: [])[0].Call!);
}
