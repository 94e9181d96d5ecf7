using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>
/// Calendar periods in the policy's zone (compliance 3.1, vectors 7.1): local time, add, clamp to the month's end, back.
/// A limit is never later than its instant, a statutory floor never earlier.
/// </summary>
public static class CalendarArithmetic
{
    /// <summary>The end of a storage limit; at a daylight-saving gap or overlap the earlier instant.</summary>
    public static DateTimeOffset Limit(DateTimeOffset anchor, CalendarPeriod period, TimeZoneInfo zone)
    {
        if (period is { Months: 0, Days: 0 })
        {
            return anchor.ToUniversalTime() + period.Time;
        }

        var local = ToLocal(anchor, zone).AddMonths(period.Months).AddDays(period.Days);
        return ToInstant(local, zone, earliest: true) + period.Time;
    }

    /// <summary>The end of a statutory floor: the whole last day, so the next local midnight.</summary>
    public static DateTimeOffset Floor(DateOnly anchor, CalendarPeriod period, TimeZoneInfo zone)
    {
        var local = anchor.ToDateTime(TimeOnly.MinValue).AddMonths(period.Months).AddDays(period.Days + 1);
        return ToInstant(local, zone, earliest: false) + period.Time;
    }

    public static DateOnly LocalDate(DateTimeOffset instant, TimeZoneInfo zone) => DateOnly.FromDateTime(ToLocal(instant, zone));

    /// <summary>Whether an instant comes before the end of a period: exactly as by <see cref="Limit"/>, which the calendar is asked for only near the end.</summary>
    public static bool IsBefore(DateTimeOffset instant, DateTimeOffset anchor, CalendarPeriod period, TimeZoneInfo zone)
    {
        // A month has 28 to 31 days, and a change of the clock moves an end by hours.
        var elapsed = instant - anchor;
        return elapsed < TimeSpan.FromDays((28 * period.Months) + period.Days - 1)
            || (elapsed <= TimeSpan.FromDays((31 * period.Months) + period.Days + 2) && instant < Limit(anchor, period, zone));
    }

    /// <summary>The first instant of a day.</summary>
    public static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone) => ToInstant(day.ToDateTime(TimeOnly.MinValue), zone, earliest: true);

    public static DateTimeOffset Add(this Policy policy, DateTimeOffset anchor, CalendarPeriod period) =>
        Limit(anchor, period, policy.Zone);

    private static DateTime ToLocal(DateTimeOffset instant, TimeZoneInfo zone) => SteadyOffsets.Of(zone).Around(instant.UtcDateTime) is { } offset
        ? DateTime.SpecifyKind(instant.UtcDateTime + offset, DateTimeKind.Unspecified)
        : TimeZoneInfo.ConvertTime(instant, zone).DateTime;

    /// <summary>Where the clock does not change there is nothing to choose.</summary>
    private static DateTimeOffset ToInstant(DateTime local, TimeZoneInfo zone, bool earliest) => SteadyOffsets.Of(zone).Around(local) is { } offset
        ? new DateTimeOffset(local.Ticks - offset.Ticks, TimeSpan.Zero)
        : ToInstantAroundChange(local, zone, earliest);

    private static DateTimeOffset ToInstantAroundChange(DateTime local, TimeZoneInfo zone, bool earliest)
    {
        var isAmbiguous = zone.IsAmbiguousTime(local);
        if (!isAmbiguous && !zone.IsInvalidTime(local))
        {
            return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        }

        TimeSpan[] offsets = isAmbiguous ? zone.GetAmbiguousTimeOffsets(local) : [zone.GetUtcOffset(local.AddHours(-1)), zone.GetUtcOffset(local.AddHours(1))];
        var instants = offsets.Select(offset => new DateTimeOffset(local, offset).ToUniversalTime());
        return earliest ? instants.Min() : instants.Max();
    }
}
