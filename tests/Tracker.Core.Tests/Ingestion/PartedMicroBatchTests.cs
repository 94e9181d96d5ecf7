using System.Collections.Concurrent;
using CsCheck;
using Microsoft.Extensions.Options;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

/// <summary>A micro-batch on a store that takes several commits at a time.</summary>
public sealed class PartedMicroBatchTests
{
    private const int People = 30;

    // What one says of a person decides about the next: an order that is delivered must have been placed, and by the same.
    private static readonly Gen<InteractionDraft> Draft = Gen.Select(Gen.Int[0, 3], Gen.Int[0, People - 1], Gen.Int[0, 2], Gen.Int[0, 400], (kind, person, naming, number) => kind switch
    {
        0 => An.Order($"order-{person}-{number % 3}") with { Identifiers = Names(person, naming) },
        1 => An.Order($"delivered-{person}-{number}") with { Type = "order.delivered", Identifiers = Names(person, naming), Content = OrderOf(person, number % 3) },
        2 => An.Receipt($"receipt-{number}") with { Identifiers = number % 5 == 0 ? [] : Names(person, naming) },
        _ => An.PageView($"view-{person}-{number}") with { Identifiers = Names(person, naming) },
    });

    [Fact]
    public async Task It_is_answered_and_stored_as_if_it_were_one() => await Draft.Array[450].SampleAsync(
        async drafts =>
        {
            await using var whole = await TestTracker.StartAsync();
            await using var parted = await TestTracker.StartAsync();
            var store = new PartedStore(parted.Store.Records);

            var expected = await ProcessAsync(whole, whole.Pipeline, drafts);
            var answered = await ProcessAsync(parted, parted.PipelineOn(store), drafts);

            Assert.InRange(store.Committed.Count, 2, PartedStore.Most);
            Assert.Equal(expected, answered);
            Assert.Equal(await TimelinesAsync(whole), await TimelinesAsync(parted));
        },
        iter: 12,
        threads: 1);

    [Fact]
    public async Task Everything_of_a_person_is_in_one_part_whatever_it_is_named_by() => await Draft.Array[450].SampleAsync(
        async drafts =>
        {
            await using var tracker = await TestTracker.StartAsync();
            await tracker.RecordAsync([.. Enumerable.Range(0, People / 2).Select(person => An.Order($"known-{person}") with { Identifiers = Names(person, 2) })]);
            var store = new PartedStore(tracker.Store.Records);

            await ProcessAsync(tracker, tracker.PipelineOn(store), drafts);

            var parts = store.Committed.Select(batch => batch.Profiles.Select(change => change.Profile).ToList()).ToList();
            Assert.Equal(parts.Sum(part => part.Count), parts.SelectMany(part => part).Distinct().Count());
            Assert.All(store.Committed.SelectMany(batch => batch.Interactions).GroupBy(write => write.Key), same => Assert.Single(same));
        },
        iter: 12,
        threads: 1);

    [Fact]
    public async Task Few_interactions_are_one_part()
    {
        await using var tracker = await TestTracker.StartAsync();
        var store = new PartedStore(tracker.Store.Records);

        await ProcessAsync(tracker, tracker.PipelineOn(store), [.. Enumerable.Range(0, 150).Select(number => An.Receipt($"receipt-{number}"))]);

        Assert.Single(store.Committed);
    }

    [Fact]
    public async Task Where_one_part_is_not_stored_the_call_fails_and_its_repeat_tells_what_was()
    {
        await using var tracker = await TestTracker.StartAsync();
        InteractionDraft[] drafts = [.. Enumerable.Range(0, 400).Select(number => An.Receipt($"receipt-{number}", new(IdentifierKind.Email, $"p{number}@example.com")))];
        var store = new PartedStore(tracker.Store.Records) { Fails = 1 };

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => ProcessAsync(tracker, tracker.PipelineOn(store), drafts));
        var stored = store.Committed.Sum(batch => batch.Interactions.Count);
        var repeated = await ProcessAsync(tracker, tracker.PipelineOn(store), drafts);

        Assert.Equal(RefusalReason.StoreUnavailable, refusal.Reason);
        Assert.InRange(stored, 1, 399);
        Assert.Equal(stored, repeated.Count(answer => answer.Outcome == Outcome.Duplicate));
        Assert.Equal(400 - stored, repeated.Count(answer => answer.Outcome == Outcome.Accepted));
    }

    [Fact]
    public async Task Processed_again_after_a_fault_what_was_stored_meanwhile_is_not_its_own_duplicate()
    {
        await using var tracker = await TestTracker.StartAsync();
        var store = new PartedStore(tracker.Store.Records) { Fails = 1, Fault = () => new InvalidOperationException() };
        PendingCall[] calls = [.. Enumerable.Range(0, 4).Select(call => CallOf(tracker, [.. Enumerable.Range(100 * call, 100).Select(number => An.Receipt($"receipt-{number}", new(IdentifierKind.Email, $"p{number}@example.com")))]))];

        await RunAsync(tracker.PipelineOn(store), calls);

        Assert.All(calls.SelectMany(call => call.Interactions), item => Assert.Equal(Outcome.Accepted, item.Outcome!.Outcome));
    }

    [Fact]
    public async Task A_fault_that_stays_fails_only_the_call_that_brings_it()
    {
        await using var tracker = await TestTracker.StartAsync();
        PendingCall[] calls = [.. Enumerable.Range(0, 6).Select(call => CallOf(tracker, [.. Enumerable.Range(50 * call, 50).Select(number => An.Receipt($"receipt-{number}", new(IdentifierKind.Email, $"p{number}@example.com")))]))];
        var store = new PartedStore(tracker.Store.Records) { FailsOn = calls[4].Interactions[7].Interaction.Key, Fault = () => new InvalidOperationException() };

        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(tracker.PipelineOn(store), calls));

        Assert.Equal([false, false, false, false, true, false], calls.Select(call => call.Answered.IsFaulted));
        Assert.All(calls.Where(call => !call.Answered.IsFaulted).SelectMany(call => call.Interactions), item => Assert.Equal(Outcome.Accepted, item.Outcome!.Outcome));
    }

    private static IReadOnlyList<Identifier> Names(int person, int naming)
    {
        Identifier email = new(IdentifierKind.Email, $"p{person}@example.com");
        Identifier card = new(IdentifierKind.LoyaltyCard, $"card-{person}");
        return naming switch { 0 => [email], 1 => [card], _ => [email, card] };
    }

    private static InteractionContent OrderOf(int person, int number) =>
        new() { Commerce = new() { OrderId = $"order-{person}-{number}" } };

    private static async Task<List<(Outcome Outcome, Reason Reason)>> ProcessAsync(TestTracker tracker, InteractionPipeline pipeline, InteractionDraft[] drafts)
    {
        var call = CallOf(tracker, drafts);
        await RunAsync(pipeline, call);
        return [.. call.Interactions.Select(item => (item.Outcome!.Outcome, item.Outcome.Reason))];
    }

    /// <summary>All of them in one micro-batch.</summary>
    private static async Task RunAsync(InteractionPipeline pipeline, params PendingCall[] calls)
    {
        var queue = new IngestionQueue(Options.Create(new IngestionOptions()), TimeProvider.System);
        using var loop = new IngestionLoop(queue, pipeline);
        foreach (var call in calls)
        {
            queue.Enter(call);
        }

        await loop.StartAsync(CancellationToken.None);
        await Task.WhenAll(calls.Select(call => call.Answered));
        await loop.StopAsync(CancellationToken.None);
    }

    private static PendingCall CallOf(TestTracker tracker, InteractionDraft[] drafts)
    {
        var judged = drafts.Select(draft => tracker.Rules.Judge(tracker.Caller, draft, tracker.Time.GetUtcNow())).ToList();
        return new([.. judged.Where(item => item.Sound is not null).Select(item => new PendingInteraction(item.Sound!))], 1);
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

    private sealed class PartedStore(IRecordStore inner) : IRecordStore
    {
        public const int Most = 4;

        private int _asked;

        public ConcurrentQueue<MicroBatch> Committed { get; } = [];

        /// <summary>So many of the first commits fail.</summary>
        public int Fails { get; init; }

        public InteractionKey? FailsOn { get; init; }

        public Func<Exception> Fault { get; init; } = RefusalException.StoreAway;

        public int CommitsAtATime => Most;

        public int MinPartSize => 100;

        public Task<IReadOnlyList<bool>> ExistAsync(TenantId tenant, IReadOnlyList<InteractionKey> keys, CancellationToken cancellation) => inner.ExistAsync(tenant, keys, cancellation);

        public Task<IReadOnlyList<ContactDocument?>> ReadContactsAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) => inner.ReadContactsAsync(tenant, profiles, cancellation);

        public async Task<IReadOnlyList<CommitAnswer>> CommitAsync(MicroBatch batch, CancellationToken cancellation)
        {
            if (Interlocked.Increment(ref _asked) <= Fails || batch.Interactions.Any(write => write.Key == FailsOn))
            {
                throw Fault();
            }

            var answers = await inner.CommitAsync(batch, cancellation);
            Committed.Enqueue(batch);
            return answers;
        }
    }
}
