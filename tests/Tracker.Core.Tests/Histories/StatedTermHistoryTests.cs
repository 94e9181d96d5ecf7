using CsCheck;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Histories;

/// <summary>Random gifts under notices that state different terms, withdrawals and visits of one person, looked at months later.</summary>
public sealed class StatedTermHistoryTests
{
    private static readonly int[] Months = [2, 4, 9];

    private static readonly Gen<(int Kind, int Notice, int Day)[]> Acts = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 2], Gen.Int[0, 60]).Array[2, 8];

    [Fact]
    [Trait("Compliance", "E20")]
    public async Task Nothing_is_kept_or_seen_longer_than_was_said_with_a_consent_that_stands() =>
        await Gen.Select(Acts, Gen.Int[1, 10], Gen.Bool).SampleAsync(async (acts, later, isReviewed) =>
        {
            await using var tracker = await StartAsync();
            var given = new Dictionary<string, (DateTimeOffset At, int Months)>();
            var withdrawn = DateTimeOffset.MinValue;
            foreach (var ((kind, notice, day), place) in acts.OrderBy(act => act.Day).Select((act, place) => (act, place)))
            {
                tracker.Time.SetUtcNow(TestTracker.Noon.AddDays(day).AddMinutes(place));
                switch (kind)
                {
                    case 0 or 1:
                        given[await GiveAsync(tracker, notice, place)] = (tracker.Time.GetUtcNow(), Months[notice]);
                        break;
                    case 2 when given.Count > 0:
                        await tracker.Ledger.WithdrawAsync(tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Ada, tracker.Time.GetUtcNow(), $"no-{place}"), CancellationToken.None);
                        withdrawn = tracker.Time.GetUtcNow();
                        break;
                    default:
                        await tracker.RecordAsync(Visit(tracker, place));
                        break;
                }
            }

            tracker.Time.SetUtcNow(TestTracker.Noon.AddDays(61).AddMonths(later));
            if (isReviewed && await tracker.Lookup.FindAsync(tracker.Caller, new(null, An.Ada), CancellationToken.None) is not null)
            {
                await tracker.ReviewAsync(An.Ada);
            }

            await AssertKeptAsSaidAsync(tracker, given, withdrawn, isReviewed);
        }, iter: 40, threads: 1);

    private static async Task AssertKeptAsSaidAsync(TestTracker tracker, Dictionary<string, (DateTimeOffset At, int Months)> given, DateTimeOffset withdrawn, bool isReviewed)
    {
        if (await tracker.Lookup.FindAsync(tracker.Caller, new(null, An.Ada), CancellationToken.None) is null)
        {
            return;
        }

        var now = tracker.Time.GetUtcNow();
        // Of each visit the latest end that a consent says which covers it and still stands.
        DateTimeOffset Said(InteractionRecord record) => record.Grants.Single().EvidenceIds
            .Where(id => given[id].At > withdrawn)
            .Select(id => APolicy.Shipped.Add(record.OccurredAt, CalendarPeriod.OfMonths(given[id].Months)))
            .DefaultIfEmpty(DateTimeOffset.MinValue)
            .Max();
        var kept = await tracker.RecordsAsync(An.Ada);
        var seen = (await tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items.Select(item => item.Record.Key).ToHashSet();

        Assert.All(kept, record => Assert.Equal(Said(record) > now, seen.Contains(record.Key)));
        if (isReviewed)
        {
            Assert.All(kept, record => Assert.Equal(Said(record), record.ExpireAt));
        }
    }

    private static async Task<TestTracker> StartAsync()
    {
        var tracker = await TestTracker.StartAsync();
        for (var notice = 0; notice < Months.Length; notice++)
        {
            var scope = An.Notice().Scope with { RetentionTerms = [new(Purpose.Profiling, CalendarPeriod.OfMonths(Months[notice]))] };
            await tracker.Notices.RegisterAsync(tracker.Caller, An.Notice() with { Id = $"notice-{notice}", Scope = scope }, CancellationToken.None);
        }

        return tracker;
    }

    private static async Task<string> GiveAsync(TestTracker tracker, int notice, int place)
    {
        var draft = An.Consent(Purpose.Profiling, An.Ada, tracker.Time.GetUtcNow(), $"yes-{place}") with { NoticeId = $"notice-{notice}" };
        return (await tracker.Ledger.RecordAsync(tracker.Caller, draft, CancellationToken.None)).Entry!.Id.ToString();
    }

    private static InteractionDraft Visit(TestTracker tracker, int place) => An.PageView($"visit-{place}", An.Ada, tracker.Time.GetUtcNow(), Purpose.Profiling) with
    {
        Content = new() { Online = new() { PageUrl = "https://shop.example/" } },
    };
}
