using CsCheck;
using Microsoft.Extensions.Options;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

/// <summary>Micro-batches on a store that takes several commits at a time, while earlier ones are still being committed.</summary>
public sealed class OverlapTests : IAsyncLifetime
{
    private const int People = 40;
    private const int MaxBytes = 1_000_000;

    // What one says of a person decides about the next: an order that is delivered must have been placed, and by the same.
    private static readonly Gen<InteractionDraft> Draft = Gen.Select(Gen.Int[0, 3], Gen.Int[0, People - 1], Gen.Int[0, 2], Gen.Int[0, 2_000], (kind, person, naming, number) => kind switch
    {
        0 => An.Order($"order-{person}-{number % 3}") with { Identifiers = Names(person, naming) },
        1 => An.Order($"delivered-{person}-{number}") with { Type = "order.delivered", Identifiers = Names(person, naming), Content = new() { Commerce = new() { OrderId = $"order-{person}-{number % 3}" } } },
        2 => An.Receipt($"receipt-{number}") with { Identifiers = number % 5 == 0 ? [] : Names(person, naming) },
        _ => An.PageView($"view-{person}-{number}") with { Identifiers = Names(person, naming) },
    });

    private TestTracker _tracker = null!;
    private HeldStore _store = null!;
    private IngestionQueue _queue = null!;
    private IngestionLoop _loop = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync(isLoopRunning: false);
        _store = new HeldStore(_tracker.Store.Records);
        _queue = new IngestionQueue(Options.Create(new IngestionOptions { MaxMicroBatch = 100, MaxMicroBatchBytes = MaxBytes }), _tracker.Time);
        _loop = new IngestionLoop(_queue, _tracker.PipelineOn(_store));
        await _loop.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _store.Release();
        await _loop.StopAsync(CancellationToken.None);
        _loop.Dispose();
        await _tracker.DisposeAsync();
    }

    [Fact]
    public async Task Other_people_are_answered_while_an_earlier_micro_batch_is_being_committed()
    {
        var first = Enter(Receipts("a", 100));
        await _store.ArrivalAsync();
        _store.IsHolding = false;

        var second = Enter(Receipts("b", 100));
        await second.Answered;

        Assert.False(first.Answered.IsCompleted);
        Assert.All(second.Interactions, item => Assert.Equal(Outcome.Accepted, item.Outcome!.Outcome));
        _store.Release();
        await first.Answered;
    }

    [Fact]
    public async Task Few_interactions_wait_until_nothing_is_under_way()
    {
        var first = Enter(Receipts("a", 100));
        await _store.ArrivalAsync();

        var few = Enter(Receipts("b", 99));
        var more = Enter(Receipts("c", 1));
        await _store.ArrivalAsync();

        Assert.Equal(100, _store.Asked[1].Interactions.Count);
        _store.Release();
        await Task.WhenAll(first.Answered, few.Answered, more.Answered);
    }

    [Fact]
    public async Task What_has_to_do_with_something_under_way_waits_for_it_and_the_rest_does_not()
    {
        var first = Enter([.. Receipts("a", 99), An.Order("placed", new Identifier(IdentifierKind.Email, "ada@example.com"))]);
        await _store.ArrivalAsync();

        var second = Enter([.. Receipts("b", 99), An.Order("delivered", new Identifier(IdentifierKind.Email, "ada@example.com")) with { Type = "order.delivered", Content = new() { Commerce = new() { OrderId = "placed" } } }]);
        await _store.ArrivalAsync();

        Assert.Equal(99, _store.Asked[1].Interactions.Count);
        Assert.False(second.Answered.IsCompleted);
        _store.Release();
        await Task.WhenAll(first.Answered, second.Answered);
        Assert.All(second.Interactions, item => Assert.Equal(Outcome.Accepted, item.Outcome!.Outcome));
    }

    [Fact]
    public async Task A_person_is_waited_for_by_whatever_name_the_interaction_comes()
    {
        await _tracker.Pipeline.ProcessAsync(_tracker.Caller.Tenant, Pending(_tracker, [An.Receipt("known") with { Identifiers = Names(1, 2) }]), CancellationToken.None);
        var first = Enter([.. Receipts("a", 99), An.Receipt("by-mail") with { Identifiers = Names(1, 0) }]);
        await _store.ArrivalAsync();

        var second = Enter([.. Receipts("b", 99), An.Receipt("by-card") with { Identifiers = Names(1, 1) }]);
        await _store.ArrivalAsync();

        Assert.Equal(99, _store.Asked[1].Interactions.Count);
        _store.Release();
        await Task.WhenAll(first.Answered, second.Answered);
    }

    [Fact]
    public async Task What_waits_for_another_does_not_make_the_parts_of_the_rest_smaller()
    {
        var first = Enter(Receipts("a", 190));
        await _store.ArrivalAsync();

        var second = Enter([.. Again("a", 190), .. Receipts("b", 110)]);
        await _store.ArrivalAsync();

        Assert.Equal(110, _store.Asked[1].Interactions.Count);
        _store.Release();
        await Task.WhenAll(first.Answered, second.Answered);
    }

    [Fact]
    public async Task What_waited_takes_its_room_of_the_next_micro_batch_in_bytes()
    {
        var first = Enter(Receipts("a", 100));
        await _store.ArrivalAsync();

        var large = Enter(_tracker, _queue, Again("a", 60), bytes: MaxBytes);
        var small = Enter(Again("a", 40));
        _store.Release();
        await Task.WhenAll(first.Answered, large.Answered, small.Answered);

        Assert.Equal([100, 60, 40], _store.Asked.Select(batch => batch.Interactions.Count));
    }

    [Fact]
    public async Task A_repeat_of_what_is_under_way_is_a_duplicate_once_that_is_stored()
    {
        var first = Enter(Receipts("a", 100));
        await _store.ArrivalAsync();

        var again = Enter(Receipts("a", 100));
        _store.Release();
        await Task.WhenAll(first.Answered, again.Answered);

        Assert.All(first.Interactions, item => Assert.Equal(Outcome.Accepted, item.Outcome!.Outcome));
        Assert.All(again.Interactions, item => Assert.Equal(Outcome.Duplicate, item.Outcome!.Outcome));
    }

    [Fact]
    public async Task A_repeat_of_what_is_under_way_and_then_fails_is_stored()
    {
        var first = Enter(Receipts("a", 100));
        await _store.ArrivalAsync();

        var again = Enter(Receipts("a", 100));
        _store.Fault = RefusalException.StoreAway();
        _store.Release();
        await Assert.ThrowsAsync<RefusalException>(() => first.Answered);
        await again.Answered;

        Assert.All(again.Interactions, item => Assert.Equal(Outcome.Accepted, item.Outcome!.Outcome));
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_while_others_are_under_way()
    {
        var first = Enter(Receipts("a", 100));
        await _store.ArrivalAsync();
        _store.RefusesReads = true;

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => Enter(Receipts("b", 100)).Answered);

        Assert.Equal(RefusalReason.StoreUnavailable, refusal.Reason);
        Assert.False(first.Answered.IsCompleted);
        _store.Release();
        await first.Answered;
    }

    [Fact]
    public async Task No_more_are_under_way_than_the_store_takes()
    {
        PendingCall[] calls = [.. Enumerable.Range(0, HeldStore.Most + 3).Select(call => Enter(Receipts($"{call}", 100)))];
        for (var arrived = 0; arrived < HeldStore.Most; arrived++)
        {
            await _store.ArrivalAsync();
        }

        _store.Release();
        await Task.WhenAll(calls.Select(call => call.Answered));

        Assert.Equal(HeldStore.Most, _store.MostAtATime);
    }

    [Fact]
    public async Task Stopping_finishes_what_is_under_way_and_what_waits_for_it()
    {
        var first = Enter(Receipts("a", 100));
        await _store.ArrivalAsync();
        var late = Enter(Receipts("a", 100));
        var few = Enter(Receipts("b", 3));

        var stopping = _loop.StopAsync(CancellationToken.None);
        _store.Release();
        await stopping;

        Assert.True(first.Answered.IsCompletedSuccessfully && late.Answered.IsCompletedSuccessfully && few.Answered.IsCompletedSuccessfully);
        Assert.Equal(0, _queue.Waiting);
    }

    [Fact]
    public async Task Everything_is_answered_and_stored_as_if_there_were_one_micro_batch_at_a_time()
    {
        var overtaken = 0;
        await Draft.Array[60, 140].Array[8].SampleAsync(async calls => overtaken += await CompareAsync(calls), iter: 12, threads: 1);

        Assert.True(overtaken > 0);
    }

    private static async Task<int> CompareAsync(InteractionDraft[][] calls)
    {
        await using var one = await TestTracker.StartAsync();
        await using var several = await TestTracker.StartAsync(isLoopRunning: false);
        var queue = new IngestionQueue(Options.Create(new IngestionOptions { MaxMicroBatch = 100 }), several.Time);
        var store = new OvertakenStore(several.Store.Records, mayBeOvertaken: () => queue.Untaken >= 100);
        using var loop = new IngestionLoop(queue, several.PipelineOn(store));
        InteractionDraft[] known = [.. Enumerable.Range(0, People / 2).Select(person => An.Receipt($"known-{person}") with { Identifiers = Names(person, 2) })];
        await one.RecordAsync(known);
        await several.Pipeline.ProcessAsync(several.Caller.Tenant, Pending(several, known), CancellationToken.None);
        List<(Outcome, Reason)> expected = [];
        foreach (var call in calls)
        {
            expected.AddRange((await one.RecordAsync(call)).Select(outcome => (outcome.Outcome, outcome.Reason)));
        }

        PendingCall[] entered = [.. calls.Select(call => Enter(several, queue, call))];
        await loop.StartAsync(CancellationToken.None);
        await Task.WhenAll(entered.Select(call => call.Answered));
        await loop.StopAsync(CancellationToken.None);

        Assert.Equal(expected, entered.SelectMany(call => call.Interactions).Select(item => (item.Outcome!.Outcome, item.Outcome.Reason)));
        Assert.Equal(await TimelinesAsync(one), await TimelinesAsync(several));
        return store.Overtaken;
    }

    private PendingCall Enter(InteractionDraft[] drafts) => Enter(_tracker, _queue, drafts);

    private static PendingCall Enter(TestTracker tracker, IngestionQueue queue, InteractionDraft[] drafts, long bytes = 1)
    {
        var call = new PendingCall(Pending(tracker, drafts), bytes);
        queue.Enter(call);
        return call;
    }

    private static PendingInteraction[] Pending(TestTracker tracker, InteractionDraft[] drafts) =>
        [.. drafts.Select(draft => new PendingInteraction(tracker.Rules.Judge(tracker.Caller, draft, tracker.Time.GetUtcNow()).Sound!))];

    private static InteractionDraft[] Receipts(string name, int count) =>
        [.. Enumerable.Range(0, count).Select(number => An.Receipt($"receipt-{name}-{number}", new(IdentifierKind.Email, $"{name}{number}@example.com")))];

    /// <summary>More of the same people.</summary>
    private static InteractionDraft[] Again(string name, int count) =>
        [.. Receipts(name, count).Select(draft => draft with { MessageId = $"again-{count}-{draft.MessageId}" })];

    private static IReadOnlyList<Identifier> Names(int person, int naming)
    {
        Identifier email = new(IdentifierKind.Email, $"p{person}@example.com");
        Identifier card = new(IdentifierKind.LoyaltyCard, $"card-{person}");
        return naming switch { 0 => [email], 1 => [card], _ => [email, card] };
    }

    private static async Task<List<string>> TimelinesAsync(TestTracker tracker)
    {
        List<string> all = [];
        foreach (var name in Enumerable.Range(0, People).SelectMany(person => Names(person, 2)))
        {
            all.AddRange(await tracker.Lookup.FindAsync(tracker.Caller, new(null, name), CancellationToken.None) is null
                ? [$"{name.Value}: nobody"]
                : (await tracker.RecordsAsync(name)).Select(record => $"{name.Value}: {record.Key} {record.Class} {record.ExpireAt:O}").Order(StringComparer.Ordinal));
        }

        return all;
    }
}
