using CsCheck;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Histories;

/// <summary>Histories of a year and a half, with reviews at any time between them.</summary>
public sealed class ReviewHistoryTests
{
    private const int Month = 30 * 24;

    private static readonly Gen<Act> AnAct = Gen.Select(Gen.Enum<ActKind>(), Gen.Int[0, HistoryPlayer.Purposes.Length - 1], Gen.Int[0, 18], Gen.Frequency((3, Gen.Const(0)), (2, Gen.Int[1, 12])))
        .Select((kind, purpose, month, delay) => new Act(kind, HistoryPlayer.Purposes[purpose], month * Month, delay));

    private static readonly Gen<Act[]> History = AnAct.Array[1, 12];

    [Fact]
    [Trait("Compliance", "R-010")]
    public async Task A_review_at_any_time_changes_nothing_that_may_be_read() => await SampleAsync(async (player, acts) =>
    {
        var reviewed = await player.PlayAsync(acts);
        // In the place of a review nothing happens: a withdrawal of what nobody ever gave.
        var untouched = await player.PlayAsync([.. acts.Select(act => act.Kind == ActKind.Review ? act with { Kind = ActKind.Withdraw, Purpose = Purpose.EmailTracking } : act)]);

        Assert.Equal(reviewed.Readable.Order(), untouched.Readable.Order());
    });

    [Fact]
    [Trait("Compliance", "R-012")]
    [Trait("Compliance", "R-037")]
    public async Task After_a_review_nothing_is_stored_that_may_not_be_read() => await SampleAsync(async (player, acts) =>
    {
        var played = await player.PlayAsync(acts, isReviewedAtEnd: true);

        Assert.Equal(played.Readable.Order(), played.Stored.Order());
    });

    [Fact]
    public async Task What_is_stored_at_the_end_has_a_consent_that_counted_then_and_counts_now() => await SampleAsync(async (player, acts) =>
    {
        var end = acts.Max(act => act.Arrival);

        var played = await player.PlayAsync(acts, isReviewedAtEnd: true);

        Assert.All(played.Stored, stored => Assert.True(Oracle.MayKeep(acts, acts[stored.View], stored.Purpose, end)));
        Assert.All(played.Stored, stored => Assert.True(IsInTime(acts[stored.View], stored.Purpose, end)));
    });

    [Fact]
    [Trait("Compliance", "E17")]
    public async Task Another_order_of_arrival_leaves_the_same_or_less() => await SampleAsync(async (player, acts) =>
    {
        var late = await player.PlayAsync(acts, isReviewedAtEnd: true);
        var prompt = await player.PlayAsync([.. acts.Select(act => act with { Delay = 0 })], isReviewedAtEnd: true);

        Assert.Subset(prompt.Stored.ToHashSet(), late.Stored.ToHashSet());
    });

    /// <summary>The caps of the shipped policy: a year for profiles and measurements, two for marketing; a month of slack is never given.</summary>
    private static bool IsInTime(Act view, Purpose purpose, int end) =>
        end - view.At < (purpose == Purpose.DirectMarketing ? 731 : 366) * 24;

    /// <summary>Each history has a store of its own: a year and a half of many would outlive the notice.</summary>
    private static Task SampleAsync(Func<HistoryPlayer, Act[], Task> check) => History.SampleAsync(
        async acts =>
        {
            await using var tracker = await TestTracker.StartAsync();
            await tracker.Notices.RegisterAsync(tracker.Caller, An.Notice(), CancellationToken.None);
            await check(new HistoryPlayer(tracker), acts);
        },
        iter: 15,
        threads: 1);
}
