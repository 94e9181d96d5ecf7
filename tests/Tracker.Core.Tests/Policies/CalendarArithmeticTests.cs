using System.Globalization;
using CsCheck;
using Tracker.Core.Policies;

namespace Tracker.Core.Tests.Policies;

public sealed class CalendarArithmeticTests
{
    private static readonly TimeZoneInfo Rome = TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome");

    [Theory]
    [InlineData("2024-02-29T10:15:00+01:00", "P24M", "2026-02-28T09:15:00Z")] // V01
    [InlineData("2025-08-31T23:30:00+02:00", "P12M", "2026-08-31T21:30:00Z")] // V02
    [InlineData("2026-05-31T12:00:00Z", "P24M", "2028-05-31T12:00:00Z")] // V03
    [InlineData("2026-01-31T09:00:00+01:00", "P1M", "2026-02-28T08:00:00Z")] // V04
    [InlineData("2024-03-29T02:30:00+01:00", "P24M", "2026-03-29T00:30:00Z")] // V06, a daylight-saving gap
    [InlineData("2024-10-25T02:30:00+02:00", "P24M", "2026-10-25T00:30:00Z")] // V07, an ambiguous hour
    [InlineData("2026-11-23T10:00:00Z", "PT24H", "2026-11-24T10:00:00Z")]
    [InlineData("2026-11-23T10:00:00Z", "PT0S", "2026-11-23T10:00:00Z")]
    public void A_limit_ends_as_the_golden_vectors_say(string anchor, string period, string end)
    {
        Assert.True(CalendarPeriod.TryParse(period, out var parsed));

        Assert.Equal(Instant(end), CalendarArithmetic.Limit(Instant(anchor), parsed.Value, Rome));
    }

    [Theory]
    [InlineData("2026-03-10", "P10Y", "2036-03-10T23:00:00Z")] // V08
    [InlineData("2028-02-29", "P10Y", "2038-02-28T23:00:00Z")] // V09
    [InlineData("2026-12-31", "P10Y", "2036-12-31T23:00:00Z")] // V10, from the end of its year
    [InlineData("2027-12-31", "P10Y", "2037-12-31T23:00:00Z")] // V11, from the end of its year
    public void A_statutory_floor_keeps_the_whole_last_day(string anchor, string period, string end)
    {
        Assert.True(CalendarPeriod.TryParse(period, out var parsed));

        Assert.Equal(Instant(end), CalendarArithmetic.Floor(DateOnly.Parse(anchor, CultureInfo.InvariantCulture), parsed.Value, Rome));
    }

    [Fact]
    public void A_booking_day_is_that_of_the_zone() =>
        Assert.Equal(new DateOnly(2027, 1, 1), CalendarArithmetic.LocalDate(Instant("2026-12-31T23:30:00Z"), Rome)); // V11

    [Fact]
    public void A_limit_is_never_later_than_the_floor_of_its_day()
    {
        Gen.Select(Gen.Long[0, 4_000_000_000], Gen.Int[0, 240]).Sample((seconds, months) =>
        {
            var anchor = DateTimeOffset.FromUnixTimeSeconds(seconds);
            var period = CalendarPeriod.OfMonths(months);
            var floor = CalendarArithmetic.Floor(CalendarArithmetic.LocalDate(anchor, Rome), period, Rome);
            return CalendarArithmetic.Limit(anchor, period, Rome) <= floor;
        });
    }

    [Theory]
    [InlineData("P10Y", 120, 0)]
    [InlineData("P24M", 24, 0)]
    [InlineData("P1Y6M", 18, 0)]
    [InlineData("P30D", 0, 30)]
    [InlineData("P2W", 0, 14)]
    public void A_period_is_read_as_calendar_months_and_days(string text, int months, int days)
    {
        Assert.True(CalendarPeriod.TryParse(text, out var period));

        Assert.Equal(new CalendarPeriod(months, days, TimeSpan.Zero), period);
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("24M")]
    [InlineData("PM")]
    [InlineData("P2X")]
    [InlineData("P24")]
    [InlineData("PT")]
    [InlineData("-P1M")]
    public void What_is_no_period_is_not_read(string text) => Assert.False(CalendarPeriod.TryParse(text, out _));

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
