using CsCheck;
using Microsoft.Extensions.Options;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

public sealed class FairShareTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync() => _tracker = await TestTracker.StartAsync(isLoopRunning: false);

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public void A_source_that_floods_leaves_room_for_others()
    {
        var queue = Queue(maxWaiting: 100);
        var entered = Flood(queue, "greedy", 200);

        Assert.InRange(entered, 50, 81);
        Assert.Equal(10, Flood(queue, "modest", 10));
    }

    [Fact]
    public void A_large_call_of_a_source_that_has_nothing_inside_is_let_in_beside_a_flood()
    {
        var queue = Queue(maxWaiting: 100);
        Flood(queue, "greedy", 200);

        var inside = queue.Waiting;

        Enter(queue, "modest", 90);

        Assert.Equal(inside + 90, queue.Waiting);
    }

    [Fact]
    public void Sources_that_flood_have_equal_parts_of_the_room()
    {
        var queue = Queue(maxWaiting: 1_000);
        var entered = Enumerable.Range(0, 500).Sum(_ => Flood(queue, "one", 2) - Flood(queue, "other", 2));

        Assert.InRange(entered, -2, 2);
    }

    [Fact]
    public void The_room_is_shared_by_bytes_as_well()
    {
        var queue = new IngestionQueue(Options.Create(new IngestionOptions { MaxWaitingBytes = 1_048_576 }), TimeProvider.System);
        var entered = Flood(queue, "greedy", 200, bytes: 10_000);

        Assert.InRange(entered, 50, 90);
        Assert.Equal(1, Flood(queue, "modest", 1, bytes: 10_000));
    }

    [Fact]
    public void More_than_a_micro_batch_takes_is_taken_from_each_source_in_its_turn()
    {
        var queue = Queue(maxMicroBatch: 20);
        Flood(queue, "greedy", 100);
        Flood(queue, "modest", 15);

        var taken = queue.Take(besides: []);

        Assert.Equal(10, taken.Count(item => item.Interaction.Source == new SourceId("modest")));
    }

    [Fact]
    public void Turns_are_counted_in_interactions_and_not_in_calls()
    {
        var queue = Queue(maxMicroBatch: 200);
        for (var call = 0; call < 10; call++)
        {
            Enter(queue, "batches", 50);
        }

        Flood(queue, "singles", 400);

        var taken = queue.Take(besides: []);

        Assert.InRange(taken.Count(item => item.Interaction.Source == new SourceId("singles")), 75, 125);
    }

    [Fact]
    public void Who_was_silent_has_saved_nothing_up()
    {
        var queue = Queue(maxMicroBatch: 100);
        Flood(queue, "busy", 1_000);
        for (var batch = 0; batch < 5; batch++)
        {
            queue.Take(besides: []);
        }

        Flood(queue, "back", 1_000);

        Assert.InRange(queue.Take(besides: []).Count(item => item.Interaction.Source == new SourceId("back")), 49, 51);
    }

    [Fact]
    public void What_fits_into_one_micro_batch_is_taken_in_the_order_it_came() => Gen.Int[0, 3].Array[1, 60].Sample(sources =>
    {
        var queue = Queue();
        foreach (var source in sources)
        {
            Enter(queue, $"source-{source}", 1);
        }

        Assert.Equal(sources.Select(source => $"source-{source}"), queue.Take(besides: []).Select(item => item.Interaction.Source.Value));
    });

    [Fact]
    public void Within_a_source_the_order_stays() => Gen.Select(Gen.Int[0, 2], Gen.Int[1, 5]).Array[1, 40].Sample(calls =>
    {
        var queue = Queue(maxMicroBatch: 7);
        List<PendingCall> entered = [.. calls.Select(call => Enter(queue, $"source-{call.Item1}", call.Item2))];
        List<PendingCall> taken = [];
        while (queue.Untaken > 0)
        {
            taken.AddRange(queue.Take(besides: []).Select(item => item.Call!).Distinct());
        }

        Assert.Equal(entered.GroupBy(call => call.Source).OrderBy(calls => calls.Key.Source.Value).Select(calls => calls.ToArray()), taken.GroupBy(call => call.Source).OrderBy(calls => calls.Key.Source.Value).Select(calls => calls.ToArray()));
    });

    private static IngestionQueue Queue(int maxWaiting = 20_000, int maxMicroBatch = 1_000) =>
        new(Options.Create(new IngestionOptions { MaxWaiting = maxWaiting, MaxMicroBatch = maxMicroBatch }), TimeProvider.System);

    /// <returns>How many calls of one interaction were let in.</returns>
    private int Flood(IngestionQueue queue, string source, int calls, long bytes = 1)
    {
        var entered = 0;
        for (var call = 0; call < calls; call++)
        {
            try
            {
                Enter(queue, source, 1, bytes);
                entered++;
            }
            catch (RefusalException refusal) when (refusal.Reason == RefusalReason.Overloaded)
            {
            }
        }

        return entered;
    }

    private PendingCall Enter(IngestionQueue queue, string source, int interactions, long bytes = 1)
    {
        var caller = _tracker.Caller with { Source = new(source) };
        var call = new PendingCall(
            [.. Enumerable.Range(0, interactions).Select(number => new PendingInteraction(_tracker.Rules.Judge(caller, An.Receipt($"receipt-{number}"), _tracker.Time.GetUtcNow()).Sound!))],
            bytes);
        queue.Enter(call);
        return call;
    }
}
