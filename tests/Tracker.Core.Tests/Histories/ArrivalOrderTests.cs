using CsCheck;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Histories;

/// <summary>What a person said counts by when it was said, through the whole product (compliance 2.6).</summary>
public sealed class ArrivalOrderTests : IAsyncLifetime
{
    private static readonly Gen<SaidAct> AnAct = Gen.Select(
        Gen.Frequency((2, Gen.Const(PairKind.Give)), (1, Gen.Const(PairKind.Withdraw)), (1, Gen.Const(PairKind.Refuse)), (1, Gen.Const(PairKind.Object))),
        Gen.Int[0, 2].Select(purpose => SaidPlayer.Purposes[purpose]),
        Gen.Int[1, SaidPlayer.Hours],
        (kind, purpose, at) => new SaidAct(kind, kind == PairKind.Object && purpose == Purpose.Analytics ? Purpose.DirectMarketing : purpose, at));

    private static readonly Gen<(SaidAct[] Acts, int[] Order)> AHistory =
        from acts in AnAct.Array[2, 8]
        from order in Gen.Shuffle(Enumerable.Range(0, acts.Length).ToArray())
        select (acts, order);

    private TestTracker _tracker = null!;
    private SaidPlayer _player = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        _player = new SaidPlayer(_tracker);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Compliance", "E17")]
    [Trait("Compliance", "E18")]
    public async Task Same_words_in_another_order_of_arrival_permit_the_same_and_leave_the_same_to_read(bool isReviewed) => await AHistory.SampleAsync(
        async history =>
        {
            var said = history.Acts.Select((act, place) => (act, place)).ToList();

            var first = await _player.PlayAsync(said, isReviewed);
            var second = await _player.PlayAsync(history.Order.Select(place => said[place]), isReviewed);

            Assert.Equal(first.Permissions, second.Permissions);
            Assert.Equal(first.Readable, second.Readable);
        },
        iter: 25,
        threads: 1,
        print: history => $"{string.Join("; ", history.Acts.Select((act, place) => $"{place} {act}"))} arrives as {string.Join(' ', history.Order)}");
}
