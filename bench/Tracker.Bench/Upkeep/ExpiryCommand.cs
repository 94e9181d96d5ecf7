using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Bench.Upkeep;

/// <summary>
/// The verb `expiry`: how fast what has ended is deleted, and what that costs those who send meanwhile. In this process, because its clock is turned.
/// </summary>
internal static class ExpiryCommand
{
    private const int Batch = 500;
    private const int Callers = 4;
    private static readonly TimeSpan Alone = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Forever = TimeSpan.FromDays(366 * 12);

    private static readonly Option<int> Count = new("--count") { Description = "Receipts of customers, one each, that end.", DefaultValueFactory = _ => 500_000 };

    public static Command Create()
    {
        var command = new Command("expiry", "Deletes what has ended, alone and beside those who send, embedded store.") { Count };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        await using var tracker = await TestTracker.StartAsync();
        await FillAsync(tracker, "first", arguments.GetValue(Count));
        await FillAsync(tracker, "warm-up", 20_000);
        tracker.Time.Advance(Forever);
        var (swept, took) = await SweepAsync(tracker, cancellation);
        Say($"alone: {swept} documents in {took.TotalSeconds:F1} s, {swept / took.TotalSeconds:F0} a second");

        await FillAsync(tracker, "second", arguments.GetValue(Count));
        tracker.Time.Advance(Forever);
        var before = await SendForAsync(tracker, "before", Task.Delay(Alone, cancellation));
        var sweep = Task.Run(() => SweepAsync(tracker, cancellation), cancellation);
        var meanwhile = await SendForAsync(tracker, "meanwhile", sweep);
        (swept, took) = await sweep;
        Say($"beside those who send: {swept} documents in {took.TotalSeconds:F1} s, {swept / took.TotalSeconds:F0} a second");
        Say($"those who send: {before:F0} a second alone, {meanwhile:F0} meanwhile, {meanwhile / before:F2}");
        return 0;
    }

    private static async Task<(int Documents, TimeSpan Took)> SweepAsync(TestTracker tracker, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var documents = 0;
        for (var isDone = false; !isDone;)
        {
            var result = await tracker.Store.Expiry.SweepAsync(1_000, cancellation);
            documents += result.Deleted.Values.Sum();
            isDone = result.IsDone;
        }

        return (documents, watch.Elapsed);
    }

    private static async Task FillAsync(TestTracker tracker, string name, int count)
    {
        for (var sent = 0; sent < count; sent += Batch * Callers)
        {
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => tracker.RecordAsync(Receipts(tracker, name, sent + (caller * Batch)))));
        }
    }

    /// <returns>Interactions a second until that has ended.</returns>
    private static async Task<double> SendForAsync(TestTracker tracker, string name, Task until)
    {
        var watch = Stopwatch.StartNew();
        var sent = 0;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            for (var call = 0; !until.IsCompleted; call++)
            {
                await tracker.RecordAsync(Receipts(tracker, $"{name}-{caller}", call * Batch));
                Interlocked.Add(ref sent, Batch);
            }
        }));
        return sent / watch.Elapsed.TotalSeconds;
    }

    private static InteractionDraft[] Receipts(TestTracker tracker, string name, int first) =>
        [.. Enumerable.Range(first, Batch).Select(number => An.Receipt($"{name}-{number}", new Identifier(IdentifierKind.LoyaltyCard, $"card-{number}"), tracker.Time.GetUtcNow()))];

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
