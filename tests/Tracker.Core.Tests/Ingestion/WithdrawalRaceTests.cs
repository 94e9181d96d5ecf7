using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

public sealed class WithdrawalRaceTests
{
    [Fact]
    public async Task No_interaction_whose_call_begins_after_a_withdrawal_is_accepted()
    {
        await using var tracker = await TestTracker.StartAsync();
        await tracker.Notices.RegisterAsync(tracker.Caller, An.Notice(), CancellationToken.None);
        await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.Analytics, An.AdasCookie), CancellationToken.None);
        tracker.Time.Advance(TimeSpan.FromMinutes(1));
        using var stop = new CancellationTokenSource();
        var isWithdrawn = 0;
        var acceptedLate = 0;
        var flood = Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var startedAfter = Volatile.Read(ref isWithdrawn) == 1;
                var outcome = await tracker.RecordAsync(An.PageView($"{worker}-{i}", purposes: Purpose.Analytics));
                if (startedAfter && outcome.Outcome == Outcome.Accepted)
                {
                    Interlocked.Increment(ref acceptedLate);
                }
            }
        })).ToList();
        while ((await tracker.TimelineAsync(An.AdasCookie, Purpose.Analytics)).Items.Count < 20)
        {
            await Task.Yield();
        }

        await tracker.Ledger.WithdrawAsync(tracker.Caller, An.Withdrawal(Purpose.Analytics, An.AdasCookie), CancellationToken.None);
        Volatile.Write(ref isWithdrawn, 1);
        for (var i = 0; i < 50; i++)
        {
            await tracker.RecordAsync(An.PageView($"after-{i}", purposes: Purpose.Analytics));
        }

        await stop.CancelAsync();
        await Task.WhenAll(flood);
        Assert.Equal(0, acceptedLate);
        Assert.Empty((await tracker.TimelineAsync(An.AdasCookie, Purpose.Analytics)).Items);
    }
}
