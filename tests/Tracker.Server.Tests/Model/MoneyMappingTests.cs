using Tracker.Core.Model;
using Tracker.Server.Model;

namespace Tracker.Server.Tests.Model;

public sealed class MoneyMappingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Sum_of_as_many_of_the_largest_amounts_as_a_summary_has_is_told_exactly(int sign)
    {
        Money? sum = new Money("EUR", Enumerable.Repeat(sign * 999_999_999_999.99m, 10_500).Sum());

        var told = sum.ToWire();

        Assert.Equal((sign * 10_499_999_999_999_895L, 0), (told!.Units, told.Nanos));
    }
}
