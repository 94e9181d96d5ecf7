using Tracker.Core.Model;

namespace Tracker.Core.Tests.Model;

public sealed class FactsTests
{
    private static readonly DateTimeOffset Then = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Names => [.. typeof(Facts).GetProperties().Where(property => property.CanWrite).Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_fact_is_lost_where_somebody_is_known_already(string name)
    {
        var known = new Facts { IdentifiedAt = Then };
        var told = new Facts { IdentifiedAt = Then.AddDays(1) };
        var property = typeof(Facts).GetProperty(name)!;
        property.SetValue(told, Then.AddDays(-1));

        Assert.Equal(Then.AddDays(-1), property.GetValue(known.Merge(told)));
    }
}
