using CsCheck;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Retention.Simulation;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

/// <summary>What a simulation answers is what the rule does once it is in force.</summary>
public sealed class SimulatedRolloutTests
{
    private static readonly Identifier[] People = [An.Ada, An.Bob, new(IdentifierKind.Email, "eve@example.com")];

    private static readonly Gen<(int Person, int Month)[]> Receipts = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 24]).Array[1, 8];

    [Fact]
    public async Task Of_orders_it_tells_exactly_how_many_the_rollout_then_deletes_and_in_which_months_others_end() =>
        await Gen.Select(Receipts, Gen.Int[1, 25], Gen.Bool).SampleAsync(async (receipts, months, isProfiled) =>
        {
            var before = await StartAsync(receipts, isProfiled);
            var told = await SimulateAsync(before, $"P{months}M");
            var was = await ReadAsync(before);
            var now = before.Time.GetUtcNow();
            await before.CloseAsync();
            await using var tracker = await TestTracker.StartAsync(now, policy: APolicy.With(APolicy.Rule("IT-ORD-1", "CONTRACT_END", $"P{months}M")), after: before);

            await tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
            await tracker.Reviews.ReviewAsync(fence: null, CancellationToken.None);
            await tracker.Sweeper.SweepAsync(CancellationToken.None);

            Assert.Equal(told, Compare(was, await ReadAsync(tracker)));
        }, iter: 12, threads: 1);

    private static async Task<TestTracker> StartAsync((int Person, int Month)[] receipts, bool isProfiled)
    {
        var tracker = await TestTracker.StartAsync();
        await tracker.Notices.RegisterAsync(tracker.Caller, An.Notice(), CancellationToken.None);
        foreach (var (receipt, place) in receipts.OrderBy(receipt => receipt.Month).Select((receipt, place) => (receipt, place)))
        {
            tracker.Time.SetUtcNow(TestTracker.Noon.AddMonths(receipt.Month).AddHours(place));
            var who = People[receipt.Person];
            if (isProfiled)
            {
                await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.Profiling, who, tracker.Time.GetUtcNow(), $"consent-{place}"), CancellationToken.None);
            }

            await tracker.RecordAsync(An.Receipt($"receipt-{place}", who, tracker.Time.GetUtcNow()) with { Purposes = [Purpose.OrderFulfilment, Purpose.AccountingTax] });
        }

        return tracker;
    }

    private static async Task<string> SimulateAsync(TestTracker tracker, string period)
    {
        var draft = new SimulationDraft { Purpose = Purpose.RightsHandling, Changes = [new("IT-ORD-1", [new("CONTRACT_END", period, false)], "")] };
        var last = (await tracker.Simulation.SimulateAsync(tracker.Caller, draft, CancellationToken.None).ToListAsync())[^1];
        return string.Join('\n', last.Effects.Select(effect => Tell(effect.DeletedNow, effect.StrippedNow, effect.EndingIn)).DefaultIfEmpty(Tell(0, 0, new Dictionary<DateOnly, int>())));
    }

    private static string Compare(Dictionary<RecordAddress, DateTimeOffset> was, Dictionary<RecordAddress, DateTimeOffset> left)
    {
        var moved = was.Where(record => left.TryGetValue(record.Key, out var until) && until < record.Value)
            .Select(record => CalendarArithmetic.LocalDate(left[record.Key], APolicy.Shipped.Zone))
            .CountBy(day => new DateOnly(day.Year, day.Month, 1));
        return Tell(was.Keys.Except(left.Keys).Count(), 0, moved.ToDictionary());
    }

    private static string Tell(int deleted, int stripped, IReadOnlyDictionary<DateOnly, int> ending) =>
        $"deleted {deleted}, stripped {stripped}, {string.Join(", ", ending.OrderBy(month => month.Key).Select(month => $"{month.Key:yyyy-MM}: {month.Value}"))}";

    /// <summary>Each record that the rule keeps, and until when.</summary>
    private static async Task<Dictionary<RecordAddress, DateTimeOffset>> ReadAsync(TestTracker tracker)
    {
        Dictionary<RecordAddress, DateTimeOffset> found = [];
        foreach (var person in People)
        {
            if (await tracker.Lookup.FindAsync(tracker.Caller, new(null, person), CancellationToken.None) is null)
            {
                continue;
            }

            foreach (var record in await tracker.RecordsAsync(person))
            {
                foreach (var grant in record.Grants.Where(grant => grant.RuleId == "IT-ORD-1"))
                {
                    found[new(record.Key, record.Class)] = grant.Until;
                }
            }
        }

        return found;
    }

    private readonly record struct RecordAddress(InteractionKey Key, RetentionClass Class);
}
