using CsCheck;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Histories;

/// <summary>Lives of two years and a half: everything that a person or a court can do, in any order, with gaps of months.</summary>
public sealed class LifeHistoryTests
{
    private static readonly LifeKind[] Common = [LifeKind.Give, LifeKind.View, LifeKind.Order];

    private static readonly Gen<int> ADay = Gen.Select(Gen.Int[0, 10], Gen.Int[0, 2], (quarter, day) => (quarter * 91) + day);

    private static readonly Gen<LifeAct> AnAct = Gen.Select(
        Gen.Frequency((4, Gen.Int[0, 2].Select(common => Common[common])), (5, Gen.Enum<LifeKind>())),
        Gen.Int[0, 2].Select(purpose => LifePlayer.Purposes[purpose]),
        Gen.Frequency((1, Gen.Const(true)), (2, Gen.Const(false))),
        Gen.Frequency((1, Gen.Const(true)), (2, Gen.Const(false))),
        ADay,
        Gen.Frequency((4, Gen.Const(0)), (1, Gen.Int[1, 3])),
        (kind, purpose, isChild, statesAge, at, delay) => new LifeAct(kind, purpose, isChild, statesAge, at, delay));

    private static readonly Gen<LifeAct[]> ALife = AnAct.Array[2, 16];

    [Fact]
    [Trait("Compliance", "R-010")]
    [Trait("Compliance", "R-012")]
    [Trait("Compliance", "R-045")]
    [Trait("Compliance", "R-076")]
    public async Task What_is_stored_has_a_basis_and_is_within_its_rule_or_has_a_hold() => await SampleAsync(async (player, life, now) =>
    {
        foreach (var (place, record) in await player.StoredByPlaceAsync())
        {
            Assert.Equal(record.Holds.Count > 0, record.ExpireAt is null);
            if (record.Holds.Count == 0)
            {
                Assert.Equal(record.Grants.Max(grant => grant.Until), record.ExpireAt);
                Assert.All(record.Grants, grant => Assert.True(grant.Until > now()));
                Assert.All(record.Grants, grant => Assert.True(grant.Until <= record.OccurredAt.AddDays(LifeOracle.CapOf(grant.Purpose))));
                Assert.All(record.Grants, grant => Assert.True(life[place].Kind == LifeKind.BirthDate || LifeOracle.MayBeKept(player.Known(life), life[place], grant.Purpose), $"{place} {grant.Purpose}"));
            }
        }
    });

    [Fact]
    [Trait("Compliance", "R-036")]
    [Trait("Compliance", "R-072")]
    [Trait("Compliance", "R-161")]
    public async Task What_is_read_has_a_basis_and_neither_a_hold_nor_a_restriction() => await SampleAsync(async (player, life, _) =>
    {
        var isRestricted = (await player.ControlAsync())?.IsRestricted == true;
        var held = (await player.StoredByPlaceAsync()).Where(stored => stored.Record.Holds.Count > 0).Select(stored => (stored.Place, stored.Record.Class)).ToHashSet();

        foreach (var (place, purpose) in await player.ReadableAsync())
        {
            Assert.True(life[place].Kind == LifeKind.BirthDate || LifeOracle.MayBeKept(player.Known(life), life[place], purpose), $"{place} {purpose}");
            Assert.False(isRestricted && purpose == Purpose.OrderFulfilment);
            Assert.False(purpose == Purpose.OrderFulfilment && held.Contains((place, RetentionClass.Order)));
            Assert.False(purpose == Purpose.Profiling && held.Contains((place, RetentionClass.Profiling)));
        }
    });

    [Fact]
    [Trait("Compliance", "E17")]
    public async Task Whatever_is_late_leaves_the_same_or_less() => await ALife.SampleAsync(
        async life =>
        {
            // Without ages: what a child gave alone is refused, and may be taken where the correction of its age is known already.
            LifeAct[] free =
            [
                .. life.Where(act => act.Kind is LifeKind.Give or LifeKind.Refuse or LifeKind.Withdraw or LifeKind.Object or LifeKind.View)
                    .Select(act => act with { StatesAge = false }),
            ];
            if (free.Length > 0)
            {
                var late = await PlayAsync(free, async (player, _) => await player.ReadableAsync());
                var prompt = await PlayAsync([.. free.Select(act => act with { Delay = 0 })], async (player, _) => await player.ReadableAsync());

                Assert.Subset(prompt, late);
            }
        },
        iter: 10,
        threads: 1);

    private static Task SampleAsync(Func<LifePlayer, LifeAct[], Func<DateTimeOffset>, Task> check) => ALife.SampleAsync(
        async life => await PlayAsync(life, async (player, now) =>
        {
            await check(player, life, now);
            return true;
        }),
        iter: 25,
        threads: 1);

    private static async Task<T> PlayAsync<T>(LifeAct[] life, Func<LifePlayer, Func<DateTimeOffset>, Task<T>> read)
    {
        await using var tracker = await TestTracker.StartAsync();
        await tracker.Notices.RegisterAsync(tracker.Caller, An.Notice(), CancellationToken.None);
        var player = new LifePlayer(tracker);
        await player.PlayAsync(life);
        return await read(player, tracker.Time.GetUtcNow);
    }
}
