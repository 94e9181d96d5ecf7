using Tracker.Core.Model;

namespace Tracker.Core.Tests.Model;

public class TimeOrderedIdTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_is_a_UUID_of_version_7_with_the_time_that_it_was_made_at()
    {
        var id = DecisionId.New(Noon).Value;

        Assert.Equal(7, id.Version);
        Assert.InRange(id.Variant, 8, 11);
        Assert.Equal(Noon.ToUnixTimeMilliseconds(), Convert.ToInt64(id.ToString("N")[..12], 16));
    }

    [Fact]
    public void Those_of_an_earlier_millisecond_come_first() => Assert.All(Enumerable.Range(0, 300), i =>
        Assert.True(ProfileId.New(Noon.AddMilliseconds(i)).CompareTo(ProfileId.New(Noon.AddMilliseconds(i + 1))) < 0));

    [Fact]
    public async Task Those_of_one_millisecond_are_all_different_on_every_thread()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 2_000).Select(_ => ConsentId.New(Noon)).ToList())));

        Assert.Equal(16_000, made.SelectMany(ids => ids).Distinct().Count());
    }

    [Fact]
    public void Every_random_bit_is_used()
    {
        var ids = Enumerable.Range(0, 500).Select(_ => DecisionId.New(Noon).Value.ToByteArray(bigEndian: true)).ToList();
        var varying = Enumerable.Range(0, 128).Count(bit => ids.Select(id => (id[bit / 8] >> (bit % 8)) & 1).Distinct().Count() == 2);

        Assert.Equal(74, varying);
    }
}
