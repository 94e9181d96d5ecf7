using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

/// <summary>What a later act proves says nothing of the time before it: an item that arrives late is kept only where it would have been in time.</summary>
public sealed class LateItemTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "R-028")]
    public async Task A_call_in_a_gap_between_purchases_is_denied_in_time_and_late()
    {
        await BuyAsync(0);
        _tracker.Time.SetUtcNow(Month(39));
        var inTime = await _tracker.RecordAsync(Call("in-time", Month(39)));
        await BuyAsync(40);

        var late = await _tracker.RecordAsync(Call("late", Month(39)));

        Assert.Equal((Outcome.Denied, Outcome.Denied), (inTime.Outcome, late.Outcome));
    }

    [Fact]
    [Trait("Compliance", "R-028")]
    public async Task A_call_to_a_regular_customer_is_kept_though_it_arrives_after_the_next_purchase()
    {
        for (var month = 0; month <= 42; month += 3)
        {
            await BuyAsync(month);
        }

        var late = await _tracker.RecordAsync(Call("late", Month(39)), Call("later", Month(42).AddDays(-1)));

        Assert.DoesNotContain(late, outcome => outcome.Outcome == Outcome.Denied);
    }

    [Fact]
    [Trait("Compliance", "R-028")]
    public async Task A_receipt_from_between_two_others_long_apart_is_kept_however_late_it_arrives()
    {
        await BuyAsync(0);
        await BuyAsync(60);

        var late = await _tracker.RecordAsync(An.Receipt("late", An.Ada, Month(30)));

        Assert.NotEqual(Outcome.Denied, late.Outcome);
    }

    [Fact]
    [Trait("Compliance", "R-028")]
    public async Task An_account_that_had_gone_silent_makes_no_customer_before_it_is_used_again()
    {
        await BuyAsync(0);
        await _tracker.RecordAsync(An.Order("account", An.Ada) with { Type = "account.opened", Content = new() });
        _tracker.Time.SetUtcNow(Month(40));
        await _tracker.RecordAsync(An.Order("used", An.Ada, Month(40)) with { Type = "login.succeeded", Content = new() });

        var late = await _tracker.RecordAsync(Call("late", Month(39)));

        Assert.Equal(Outcome.Denied, late.Outcome);
    }

    private static DateTimeOffset Month(int months) => TestTracker.Noon.AddMonths(months);

    private static InteractionDraft Call(string id, DateTimeOffset at) =>
        An.Order(id, An.Ada, at) with { Type = "call.made", Purposes = [Purpose.CustomerCare] };

    private Task<InteractionOutcome> BuyAsync(int month)
    {
        _tracker.Time.SetUtcNow(Month(month));
        return _tracker.RecordAsync(An.Receipt($"sale-{month}", An.Ada, Month(month)));
    }
}
