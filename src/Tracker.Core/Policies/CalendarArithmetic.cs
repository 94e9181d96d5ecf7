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

        var local = TimeZoneInfo.ConvertTime(anchor, zone).DateTime.AddMonths(period.Months).AddDays(period.Days);
        return ToInstant(local, zone, earliest: true) + period.Time;
    }

    /// <summary>The end of a statutory floor: the whole last day, so the next local midnight.</summary>
    public static DateTimeOffset Floor(DateOnly anchor, CalendarPeriod period, TimeZoneInfo zone)
    {
        var local = anchor.ToDateTime(TimeOnly.MinValue).AddMonths(period.Months).AddDays(period.Days + 1);
        return ToInstant(local, zone, earliest: false) + period.Time;
    }

    public static DateOnly LocalDate(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>The first instant of a day.</summary>
    public static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone) => ToInstant(day.ToDateTime(TimeOnly.MinValue), zone, earliest: true);

    public static DateTimeOffset Add(this Policy policy, DateTimeOffset anchor, CalendarPeriod period) =>
        Limit(anchor, period, policy.Zone);

    private static DateTimeOffset ToInstant(DateTime local, TimeZoneInfo zone, bool earliest)
    {
        TimeSpan[] offsets = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local)
            : zone.IsInvalidTime(local) ? [zone.GetUtcOffset(local.AddHours(-1)), zone.GetUtcOffset(local.AddHours(1))]
            : [zone.GetUtcOffset(local)];
        var instants = offsets.Select(offset => new DateTimeOffset(local, offset).ToUniversalTime());
        return earliest ? instants.Min() : instants.Max();
    }
}
