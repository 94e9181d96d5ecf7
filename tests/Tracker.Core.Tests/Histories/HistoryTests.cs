using CsCheck;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Histories;

public sealed class HistoryTests : IAsyncLifetime
{
    private static readonly Gen<Act> AnAct = Gen.Select(Gen.Enum<ActKind>(), Gen.Int[0, HistoryPlayer.Purposes.Length - 1], Gen.Int[0, 12], Gen.Frequency((3, Gen.Const(0)), (2, Gen.Int[1, 12])))
        .Select((kind, purpose, at, delay) => new Act(kind, HistoryPlayer.Purposes[purpose], at, delay));

    private static readonly Gen<Act[]> History = AnAct.Array[1, 14];

    private TestTracker _tracker = null!;
    private HistoryPlayer _player = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        _player = new HistoryPlayer(_tracker);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "E03")]
    [Trait("Compliance", "E04")]
    [Trait("Compliance", "E05")]
    public async Task Nothing_is_kept_without_a_consent_that_counted_then_and_now() => await SampleAsync(async acts =>
    {
        var played = await _player.PlayAsync(acts);

        Assert.All(played.Kept, kept => Assert.True(Oracle.MayKeep(acts, acts[kept.View], kept.Purpose, acts[kept.View].Arrival)));
    });

    [Fact]
    public async Task What_the_law_allows_is_kept_when_everything_arrives_at_once() => await SampleAsync(async acts =>
    {
        Act[] prompt = [.. acts.Select(act => act with { Delay = 0 })];

        var played = await _player.PlayAsync(prompt);

        Assert.Equal(Allowed(prompt), played.Kept.Order());
    });

    [Fact]
    [Trait("Compliance", "R-036")]
    public async Task What_is_withdrawn_is_unreadable() => await SampleAsync(async acts =>
    {
        var end = acts.Max(act => act.Arrival);

        var played = await _player.PlayAsync(acts);

        Assert.All(played.Readable, read => Assert.True(Oracle.MayKeep(acts, acts[read.View], read.Purpose, end)));
    });

    [Fact]
    [Trait("Compliance", "E17")]
    public async Task Another_order_of_arrival_permits_the_same_or_less() => await SampleAsync(async acts =>
    {
        var late = await _player.PlayAsync(acts);
        var prompt = await _player.PlayAsync([.. acts.Select(act => act with { Delay = 0 })]);

        Assert.Subset(prompt.Readable.ToHashSet(), late.Readable.ToHashSet());
    });

    private static IEnumerable<(int View, Purpose Purpose)> Allowed(Act[] acts) =>
        from view in Enumerable.Range(0, acts.Length)
        where acts[view].Kind == ActKind.View
        from purpose in HistoryPlayer.Purposes.Order()
        where Oracle.MayKeep(acts, acts[view], purpose, acts[view].At)
        select (view, purpose);

    private static Task SampleAsync(Func<Act[], Task> check) =>
        History.SampleAsync(check, iter: 200, threads: 1);
}
