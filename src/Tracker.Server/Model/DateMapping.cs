using GoogleType = Google.Type;

namespace Tracker.Server.Model;

internal static class DateMapping
{
    public static DateOnly? ToCore(this GoogleType.Date? wire, Place at, string field)
    {
        if (wire is null)
        {
            return null;
        }

        if (wire.Year is >= 1 and <= 9999 && wire.Month is >= 1 and <= 12 && wire.Day >= 1 && wire.Day <= DateTime.DaysInMonth(wire.Year, wire.Month))
        {
            return new DateOnly(wire.Year, wire.Month, wire.Day);
        }

        at.Refuse(field, "must be a day of the calendar with year, month and day");
        return null;
    }

    public static GoogleType.Date? ToWire(this DateOnly? date) =>
        date is not { } set ? null : new() { Year = set.Year, Month = set.Month, Day = set.Day };
}
