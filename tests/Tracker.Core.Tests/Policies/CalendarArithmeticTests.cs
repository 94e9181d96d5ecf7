using System.Globalization;
using CsCheck;
using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Tests.Policies;

public sealed class CalendarArithmeticTests
{
    private static readonly TimeZoneInfo Rome = TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome");

    [Theory]
    [Trait("Compliance", "E45")]
    [InlineData("2024-02-29T10:15:00+01:00", "P24M", "2026-02-28T09:15:00Z")] // V01
    [InlineData("2025-08-31T23:30:00+02:00", "P12M", "2026-08-31T21:30:00Z")] // V02
    [InlineData("2026-05-31T12:00:00Z", "P24M", "2028-05-31T12:00:00Z")] // V03
    [InlineData("2026-01-31T09:00:00+01:00", "P1M", "2026-02-28T08:00:00Z")] // V04
    [InlineData("2024-03-29T02:30:00+01:00", "P24M", "2026-03-29T00:30:00Z")] // V06, a daylight-saving gap
    [InlineData("2024-10-25T02:30:00+02:00", "P24M", "2026-10-25T00:30:00Z")] // V07, an ambiguous hour
    [InlineData("2024-02-29T12:00:00+01:00", "P48M", "2028-02-29T11:00:00Z")] // from leap day to leap day
    [InlineData("2027-02-28T12:00:00+01:00", "P12M", "2028-02-28T11:00:00Z")] // into a leap year: not the 29th
    [InlineData("2026-12-31T23:59:59+01:00", "P2M", "2027-02-28T22:59:59Z")] // the month's end is clamped
    [InlineData("2026-08-30T10:00:00+02:00", "P6M", "2027-02-28T09:00:00Z")]
    [InlineData("2026-03-28T02:30:00+01:00", "P1D", "2026-03-29T00:30:00Z")] // a day into the gap
    [InlineData("2026-10-24T02:30:00+02:00", "P1D", "2026-10-25T00:30:00Z")] // a day into the ambiguous hour
    [InlineData("2026-10-25T02:30:00+01:00", "P12M", "2027-10-25T00:30:00Z")] // the second of the two hours, a year on
    [InlineData("2026-03-29T00:30:00Z", "PT24H", "2026-03-30T00:30:00Z")] // hours are hours, whatever the clock does
    [InlineData("2026-01-15T12:00:00+01:00", "P6M", "2026-07-15T10:00:00Z")] // winter to summer: local time stays
    [InlineData("2026-11-23T10:00:00Z", "PT24H", "2026-11-24T10:00:00Z")]
    [InlineData("2026-11-23T10:00:00Z", "PT0S", "2026-11-23T10:00:00Z")]
    public void A_limit_ends_as_the_golden_vectors_say(string anchor, string period, string end)
    {
        Assert.True(CalendarPeriod.TryParse(period, out var parsed));

        Assert.Equal(Instant(end), CalendarArithmetic.Limit(Instant(anchor), parsed.Value, Rome));
    }

    [Theory]
    [Trait("Compliance", "E45")]
    [InlineData("2026-10-25", "P0D", "2026-10-25T23:00:00Z")] // a day of 25 hours, to its end
    [InlineData("2026-03-29", "P0D", "2026-03-29T22:00:00Z")] // a day of 23 hours
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
    [Trait("Compliance", "E45")]
    public void A_limit_is_never_later_than_any_reading_of_the_local_end_and_a_floor_never_earlier()
    {
        Gen.Select(Gen.Long[0, 4_000_000_000], Gen.Int[0, 240], Gen.Int[0, 40]).Sample((seconds, months, days) =>
        {
            var anchor = DateTimeOffset.FromUnixTimeSeconds(seconds);
            var period = new CalendarPeriod(months, days, TimeSpan.Zero);
            var local = TimeZoneInfo.ConvertTime(anchor, Rome).DateTime.AddMonths(months).AddDays(days);
            var day = CalendarArithmetic.LocalDate(anchor, Rome);
            var midnight = day.ToDateTime(TimeOnly.MinValue).AddMonths(months).AddDays(days + 1);
            return Readings(local).All(reading => CalendarArithmetic.Limit(anchor, period, Rome) <= reading)
                && Readings(midnight).All(reading => CalendarArithmetic.Floor(day, period, Rome) >= reading);
        });
    }

    [Theory]
    [InlineData("Europe/Rome", "2026-03-29T01:00:00Z")] // an hour is left out
    [InlineData("Europe/Rome", "2026-10-25T01:00:00Z")] // an hour comes twice
    [InlineData("Australia/Lord_Howe", "2026-04-04T15:00:00Z")] // half an hour comes twice
    [InlineData("America/St_Johns", "2026-03-08T05:30:00Z")]
    [InlineData("Pacific/Apia", "2011-12-30T10:00:00Z")] // a day is left out
    public void Around_a_change_of_the_clock_an_end_is_the_earliest_instant_that_shows_its_local_time(string name, string change)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        List<DateTimeOffset> instants = [.. Enumerable.Range(-60 * 6, 60 * 12).Select(tenth => Instant(change).AddMinutes(10 * tenth))];
        var shown = instants.ToLookup(instant => TimeZoneInfo.ConvertTime(instant, zone).DateTime);

        Assert.All(instants, instant =>
        {
            var local = TimeZoneInfo.ConvertTime(instant, zone).DateTime;
            var noon = DateTime.SpecifyKind(local.AddDays(-40), DateTimeKind.Unspecified);
            Assert.Equal(shown[local].Min(), CalendarArithmetic.Limit(new DateTimeOffset(noon, zone.GetUtcOffset(noon)), new CalendarPeriod(0, 40, TimeSpan.Zero), zone));
        });
    }

    [Fact]
    public void A_longer_period_never_ends_sooner()
    {
        Gen.Select(Gen.Long[0, 4_000_000_000], Gen.Int[0, 240]).Sample((seconds, months) =>
        {
            var anchor = DateTimeOffset.FromUnixTimeSeconds(seconds);
            return CalendarArithmetic.Limit(anchor, CalendarPeriod.OfMonths(months), Rome) <= CalendarArithmetic.Limit(anchor, CalendarPeriod.OfMonths(months + 1), Rome);
        });
    }

    [Theory]
    [InlineData("P366D", "P12M", true)]
    [InlineData("P365D", "P12M", false)]
    [InlineData("P12M", "P365D", true)]
    [InlineData("P1Y", "P12M", false)]
    [InlineData("P29D", "P1M", true)]
    [InlineData("P28D", "P1M", false)]
    public void A_period_exceeds_another_if_there_is_a_day_from_which_it_ends_later(string text, string other, bool exceeds)
    {
        Assert.True(CalendarPeriod.TryParse(text, out var one));
        Assert.True(CalendarPeriod.TryParse(other, out var two));

        Assert.Equal(exceeds, one.Value.CanExceed(two.Value));
    }

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

    /// <summary>Every instant that a local time could mean, whichever side of a change of the clock is taken.</summary>
    private static IEnumerable<DateTimeOffset> Readings(DateTime local)
    {
        TimeSpan[] offsets = Rome.IsAmbiguousTime(local)
            ? Rome.GetAmbiguousTimeOffsets(local)
            : Rome.IsInvalidTime(local) ? [Rome.GetUtcOffset(local.AddHours(-1)), Rome.GetUtcOffset(local.AddHours(1))] : [Rome.GetUtcOffset(local)];
        return offsets.Select(offset => new DateTimeOffset(local, offset));
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    [Fact]
    public void A_period_reads_back_as_it_is_written() =>
        Gen.Select(Gen.Int[0, 240], Gen.Int[0, 400], Gen.Int[0, 86_400]).Sample((months, days, seconds) =>
        {
            var period = new CalendarPeriod(months, days, TimeSpan.FromSeconds(seconds));

            Assert.True(CalendarPeriod.TryParse(period.ToString(), out var again), period.ToString());
            Assert.Equal(period, again);
        });

    [Theory]
    [InlineData("PT24H")]
    [InlineData("P1DT24H")]
    [InlineData("PT0S")]
    [InlineData("P24M")]
    public void A_period_is_written_as_the_rules_write_it(string text)
    {
        Assert.True(CalendarPeriod.TryParse(text, out var period));

        Assert.Equal(text, period.ToString());
    }
}
