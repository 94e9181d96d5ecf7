using CsCheck;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Histories;

/// <summary>Two profiles with a merge and an unmerge somewhere, beside the same two without.</summary>
public sealed class PairHistoryTests
{
    private static readonly Gen<PairAct> AnAct = Gen.Select(
        Gen.Frequency((3, Gen.Const(PairKind.View)), (2, Gen.Const(PairKind.Give)), (5, Gen.Enum<PairKind>())),
        Gen.Int[0, 2].Select(purpose => PairPlayer.Purposes[purpose]),
        Gen.Bool,
        Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[1, 40])),
        (kind, purpose, isOfSecond, delay) => new PairAct(kind, purpose, isOfSecond, delay));

    private static readonly Gen<(PairAct[] Acts, int MergedAt, int UnmergedAt)> AHistory =
        from acts in AnAct.Array[2, 12]
        from first in Gen.Int[0, acts.Length]
        from second in Gen.Int[0, acts.Length]
        select (acts, Math.Min(first, second), Math.Max(first, second));

    [Fact]
    [Trait("Compliance", "E07")]
    public async Task Merge_permits_nothing_that_was_not_permitted_without_it() => await CompareAsync(
        AHistory,
        (with, without) =>
        {
            Assert.All(with.Permitted.Zip(without.Permitted), pair => Assert.Subset(pair.Second.ToHashSet(), pair.First.ToHashSet()));
            return Task.CompletedTask;
        });

    [Fact]
    [Trait("Compliance", "E08")]
    public async Task Unmerge_leaves_what_there_would_be_without_the_merge() => await CompareAsync(
        AHistory.Where(history => !history.Acts.Take(history.UnmergedAt).Any(act => act.IsNo)),
        async (with, without) =>
        {
            Assert.Equal(await without.StoredAsync(), await with.StoredAsync());
            Assert.Equal(await without.ReadableAsync(), await with.ReadableAsync());
            Assert.Equal(await without.PermissionsAsync(), await with.PermissionsAsync());
        });

    [Fact]
    [Trait("Compliance", "E08")]
    public async Task Unmerge_leaves_nothing_more_and_every_permission_also_where_somebody_said_no() => await CompareAsync(
        AHistory,
        async (with, without) =>
        {
            Assert.Equal(await without.PermissionsAsync(), await with.PermissionsAsync());
            Assert.Subset((await without.ReadableAsync()).Select(WithoutEnd).ToHashSet(), (await with.ReadableAsync()).Select(WithoutEnd).ToHashSet());
        });

    /// <summary>A visit that was denied is no act of the person, so what slides with acts may end earlier.</summary>
    private static string WithoutEnd(string readable) => readable.Split(" until ")[0];

    private static async Task CompareAsync(Gen<(PairAct[] Acts, int MergedAt, int UnmergedAt)> histories, Func<PairPlayer, PairPlayer, Task> compare) => await histories.SampleAsync(
        async history =>
        {
            await using var merged = await TestTracker.StartAsync();
            await using var never = await TestTracker.StartAsync();
            var (with, without) = (new PairPlayer(merged), new PairPlayer(never));

            await with.PlayAsync(history.Acts, history.MergedAt, history.UnmergedAt);
            await without.PlayAsync(history.Acts, mergedAt: null, history.UnmergedAt);

            await compare(with, without);
        },
        iter: 40,
        threads: 1,
        print: history => $"merged before {history.MergedAt}, unmerged before {history.UnmergedAt}: {string.Join("; ", history.Acts.Select((act, place) => $"{place} {act}"))}");
}
