using System.Runtime.CompilerServices;

namespace Tracker.Core.Policies;

/// <summary>What a zone's clock is ahead of UTC by, on the days around which it does not change: most of them, and each of them asked for once.</summary>
internal sealed class SteadyOffsets
{
    // Of what is kept for at most a hundred years; any other day is asked for each time.
    private const int FirstYear = 1970;
    private const int LastYear = 2199;
    private const short Unsteady = short.MinValue;

    private static readonly long FirstDay = new DateTime(FirstYear, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks / TimeSpan.TicksPerDay;
    private static readonly ConditionalWeakTable<TimeZoneInfo, SteadyOffsets> Known = [];

    private readonly short[] _minutes = new short[(LastYear - FirstYear + 1) * 366];

    private SteadyOffsets(TimeZoneInfo zone)
    {
        // The day before begins, the day begins, the next one begins, and that ends: at the same distance, a whole one in minutes.
        Span<TimeSpan> around = [At(-1), At(0), At(1), At(2)];
        for (var day = 0; day < _minutes.Length; day++)
        {
            var isSteady = around[1..].IndexOfAnyExcept(around[0]) < 0 && around[0].Ticks % TimeSpan.TicksPerMinute == 0;
            _minutes[day] = isSteady ? (short)(around[0].Ticks / TimeSpan.TicksPerMinute) : Unsteady;
            around[1..].CopyTo(around);
            around[3] = At(day + 3);
        }

        TimeSpan At(int day) => zone.GetUtcOffset(new DateTime((FirstDay + day) * TimeSpan.TicksPerDay, DateTimeKind.Utc));
    }

    public static SteadyOffsets Of(TimeZoneInfo zone) => Known.GetValue(zone, zone => new(zone));

    /// <summary>The offset for a day before and a day after a time, whether that is one of the zone or of UTC.</summary>
    /// <returns>Null: the clock may change in between.</returns>
    public TimeSpan? Around(DateTime time)
    {
        var day = (time.Ticks / TimeSpan.TicksPerDay) - FirstDay;
        return day >= 0 && day < _minutes.Length && _minutes[day] is not Unsteady and var minutes ? TimeSpan.FromTicks(minutes * TimeSpan.TicksPerMinute) : null;
    }
}
