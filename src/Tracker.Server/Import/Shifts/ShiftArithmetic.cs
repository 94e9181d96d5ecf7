namespace Tracker.Server.Import.Shifts;

internal static class ShiftArithmetic
{
    /// <returns>The largest whole number of weeks after which the newest row lies before today, by days in UTC.</returns>
    public static int WholeWeeks(DateTimeOffset newest, DateTimeOffset now)
    {
        var yesterday = DateOnly.FromDateTime(now.UtcDateTime).DayNumber - 1;
        var days = yesterday - DateOnly.FromDateTime(newest.UtcDateTime).DayNumber;

        return (int)Math.Floor(days / 7.0);
    }
}
