using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Xml;

namespace Tracker.Core.Model;

/// <summary>An ISO 8601 period: calendar months, days, and a remainder of hours. "P24M", "P30D", "PT24H", "PT0S".</summary>
public readonly record struct CalendarPeriod(int Months, int Days, TimeSpan Time)
{
    // A hundred years: nothing is kept longer, and no calendar ends within them.
    private const long MaxMonths = 1_200;
    private const long MaxDays = 36_600;

    // A common and a leap year, and the months after which February comes.
    private static readonly DateTime[] Beginnings = [.. Enumerable.Range(0, 48).Select(month => new DateTime(2022, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddMonths(month))];

    public static CalendarPeriod OfMonths(int months) => new(months, 0, TimeSpan.Zero);

    /// <summary>Whether there is a day from which it ends later: P366D can exceed P12M.</summary>
    public bool CanExceed(CalendarPeriod other)
    {
        var mine = this;
        return Beginnings.Any(from => mine.EndFrom(from) > other.EndFrom(from));
    }

    /// <exception cref="FormatException">It is none.</exception>
    public static CalendarPeriod Parse(string text) => TryParse(text, out var period) ? period.Value : throw new FormatException("Not an ISO 8601 period of months, days and hours.");

    /// <summary>Of at most a hundred years.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CalendarPeriod? period)
    {
        period = null;
        if (string.IsNullOrEmpty(text) || text[0] != 'P')
        {
            return false;
        }

        var time = text.IndexOf('T', StringComparison.Ordinal);
        var date = time < 0 ? text[1..] : text[1..time];
        if (!TryParseDate(date, out var months, out var days) || months > MaxMonths || days > MaxDays || !TryParseTime(time < 0 ? "" : text[time..], out var rest))
        {
            return false;
        }

        period = new CalendarPeriod((int)months, (int)days, rest);
        return text.Length > 1;
    }

    public override string ToString()
    {
        var date = $"{(Months > 0 ? $"{Months}M" : "")}{(Days > 0 ? $"{Days}D" : "")}";
        // Twenty-four hours are not a day : "P1D", as the library writes them, would be one.
        var time = Time == TimeSpan.FromDays(1) ? "T24H" : XmlConvert.ToString(Time)[1..];
        return Time > TimeSpan.Zero || date.Length == 0 ? $"P{date}{time}" : $"P{date}";
    }

    private DateTime EndFrom(DateTime from) => from.AddMonths(Months).AddDays(Days) + Time;

    private static bool TryParseDate(string date, out long months, out long days)
    {
        (months, days) = (0, 0);
        var start = 0;
        for (var i = 0; i < date.Length; i++)
        {
            if (char.IsAsciiDigit(date[i]))
            {
                continue;
            }

            if (!int.TryParse(date.AsSpan(start, i - start), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                return false;
            }

            switch (date[i])
            {
                case 'Y': months += 12L * count; break;
                case 'M': months += count; break;
                case 'W': days += 7L * count; break;
                case 'D': days += count; break;
                default: return false;
            }

            start = i + 1;
        }

        return start == date.Length;
    }

    private static bool TryParseTime(string time, out TimeSpan rest)
    {
        rest = TimeSpan.Zero;
        if (time.Length == 0)
        {
            return true;
        }

        try
        {
            rest = XmlConvert.ToTimeSpan($"P{time}");
            return rest >= TimeSpan.Zero && rest < TimeSpan.FromDays(1) + TimeSpan.FromTicks(1);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
