using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using Tracker.Server.Import.Sending;
using Status = Grpc.Core.Status;

namespace Tracker.Server.Tests.Import;

public sealed class RetryTests
{
    private static readonly RpcException Away = new(new Status(StatusCode.Unavailable, ""));

    [Fact]
    public void The_pause_a_server_asks_for_is_kept()
    {
        using var patience = new Patience(TimeSpan.FromSeconds(30), new FakeTimeProvider());

        Assert.Equal(TimeSpan.FromSeconds(2.5), patience.NextPause(Busy(TimeSpan.FromSeconds(2.5))));
        Assert.Equal(TimeSpan.FromMinutes(1), patience.NextPause(Busy(TimeSpan.FromDays(2))));
    }

    [Fact]
    public void Pauses_grow_up_to_a_limit_and_start_again_after_progress()
    {
        using var patience = new Patience(TimeSpan.FromSeconds(30), new FakeTimeProvider());

        var pauses = Enumerable.Range(0, 7).Select(_ => patience.NextPause(Away).TotalMilliseconds).ToList();
        patience.Restart();

        Assert.Equal([200, 400, 800, 1_600, 3_200, 5_000, 5_000], pauses);
        Assert.Equal(200, patience.NextPause(Away).TotalMilliseconds);
    }

    [Fact]
    public void Patience_ends_a_given_time_after_the_last_progress()
    {
        var time = new FakeTimeProvider();
        using var patience = new Patience(TimeSpan.FromSeconds(30), time);

        time.Advance(TimeSpan.FromSeconds(29));
        patience.Restart();
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(patience.IsOver);

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(patience.IsOver);
    }

    [Fact]
    public void It_ends_with_the_attempt_that_it_ends_even_where_two_clocks_differ_by_a_millisecond()
    {
        var time = new StandingClock();
        using var patience = new Patience(TimeSpan.FromSeconds(30), time);
        patience.BeginAttempt();

        time.Advance(TimeSpan.FromSeconds(30));

        Assert.True(patience.IsOver);
    }

    [Fact]
    public void Nothing_is_expected_of_a_server_that_answered_everything()
    {
        var time = new FakeTimeProvider();
        using var patience = new Patience(TimeSpan.FromSeconds(30), time);
        var attempt = patience.BeginAttempt();

        patience.Rest();
        time.Advance(TimeSpan.FromHours(1));

        Assert.False(attempt.IsCancellationRequested);
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, true)]
    [InlineData(StatusCode.ResourceExhausted, true)]
    [InlineData(StatusCode.InvalidArgument, false)]
    [InlineData(StatusCode.PermissionDenied, false)]
    [InlineData(StatusCode.Internal, false)]
    public void Only_a_passing_refusal_is_worth_repeating(StatusCode code, bool isWorth) =>
        Assert.Equal(isWorth, RetryAdvice.IsWorthRepeating(new RpcException(new Status(code, ""))));

    private static RpcException Busy(TimeSpan pause) => new Google.Rpc.Status
    {
        Code = (int)Code.ResourceExhausted,
        Details = { Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(pause) }) },
    }.ToRpcException();

    /// <summary>Its timers run, and its timestamps are behind.</summary>
    private sealed class StandingClock : FakeTimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
