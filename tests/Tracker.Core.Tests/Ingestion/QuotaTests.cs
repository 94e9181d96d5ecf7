using Microsoft.Extensions.Time.Testing;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Security;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

public sealed class QuotaTests
{
    private static readonly Caller Till = new() { Tenant = new("demo"), Source = new("till"), MaxPerSecond = 10 };

    private readonly FakeTimeProvider _time = new();
    private readonly SourceQuotas _quotas;

    public QuotaTests() => _quotas = new(_time);

    [Fact]
    public void A_source_passes_at_its_rate_and_what_a_second_allows_at_once()
    {
        var passed = Enumerable.Range(0, 100).Count(_ =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            return MayTake(Till);
        });

        Assert.InRange(passed, 50, 61);
    }

    [Fact]
    public void Beyond_it_the_source_is_told_when_to_come_back()
    {
        _quotas.Take(Till, 30);

        var refused = Assert.Throws<RefusalException>(() => _quotas.Take(Till, 1));

        Assert.Equal(RefusalReason.QuotaExceeded, refused.Reason);
        Assert.Equal(TimeSpan.FromSeconds(2), refused.RetryAfter);
        _time.Advance(refused.RetryAfter!.Value);
        _quotas.Take(Till, 1);
    }

    [Fact]
    public void A_call_that_is_larger_than_the_rate_passes_and_what_follows_waits_for_it()
    {
        _quotas.Take(Till, 1_000);

        Assert.False(MayTake(Till));
    }

    [Fact]
    public void All_keys_of_a_source_share_its_rate_and_no_other_source_does()
    {
        _quotas.Take(Till with { Permissions = new HashSet<Permission> { Permission.InteractionWrite } }, 30);

        Assert.False(MayTake(Till));
        Assert.True(MayTake(Till with { Source = new("web") }));
        Assert.True(MayTake(Till with { Tenant = new("other") }));
    }

    [Fact]
    public async Task A_sender_who_can_wait_passes_when_its_time_has_come()
    {
        _quotas.Take(Till, 30);

        var waiting = _quotas.TakeInTimeAsync(Till, 1, new TaskCompletionSource().Task, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(2));
        await waiting;
    }

    [Fact]
    public async Task A_sender_who_waits_is_told_when_the_server_stops()
    {
        _quotas.Take(Till, 30);
        var closed = new TaskCompletionSource();
        var waiting = _quotas.TakeInTimeAsync(Till, 1, closed.Task, TestContext.Current.CancellationToken);

        closed.SetResult();

        Assert.Equal(RefusalReason.ShuttingDown, (await Assert.ThrowsAsync<RefusalException>(() => waiting)).Reason);
    }

    [Fact]
    public async Task A_call_that_finds_no_room_uses_up_nothing_of_the_quota()
    {
        await using var tracker = await TestTracker.StartAsync(options: new() { MaxWaiting = 1 }, isLoopRunning: false);
        var caller = tracker.Caller with { MaxPerSecond = 10 };
        Task Send(string id) => tracker.Recorder.RecordAsync(caller, [.. Enumerable.Range(0, 10).Select(number => An.Order($"{id}-{number}"))], CancellationToken.None);
        _ = Send("inside");

        for (var time = 0; time < 5; time++)
        {
            Assert.Equal(RefusalReason.Overloaded, (await Assert.ThrowsAsync<RefusalException>(() => Send("outside"))).Reason);
        }
    }

    [Fact]
    public async Task A_stream_that_gives_up_waiting_for_room_uses_up_nothing_of_the_quota()
    {
        await using var tracker = await TestTracker.StartAsync(options: new() { MaxWaiting = 1 }, isLoopRunning: false);
        var caller = tracker.Caller with { MaxPerSecond = 10 };
        Task<Task<IReadOnlyList<InteractionOutcome>>> Admit(string id, CancellationToken over) => tracker.Recorder.AdmitAsync(caller, [.. Enumerable.Range(0, 10).Select(number => An.Order($"{id}-{number}"))], over);
        _ = Admit("inside", CancellationToken.None);
        using var over = new CancellationTokenSource();
        var outside = Admit("outside", over.Token);

        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => outside);

        Assert.Equal(RefusalReason.Overloaded, (await Assert.ThrowsAsync<RefusalException>(() => tracker.Recorder.RecordAsync(caller, [An.Order("next")], CancellationToken.None))).Reason);
    }

    [Fact]
    public async Task A_refused_call_leaves_nothing_inside()
    {
        await using var tracker = await TestTracker.StartAsync(isLoopRunning: false);
        var caller = tracker.Caller with { MaxPerSecond = 1 };
        Task Send(string id) => tracker.Recorder.RecordAsync(caller, [An.Order(id), An.Order($"{id}-2")], CancellationToken.None);
        _ = Send("first");

        await Assert.ThrowsAsync<RefusalException>(() => Send("second"));

        Assert.Equal(2, tracker.Queue.Waiting);
    }

    private bool MayTake(Caller caller)
    {
        try
        {
            _quotas.Take(caller, 1);
            return true;
        }
        catch (RefusalException refusal) when (refusal.Reason == RefusalReason.QuotaExceeded)
        {
            return false;
        }
    }
}
