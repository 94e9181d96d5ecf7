using System.Globalization;

namespace Tracker.Server.Import.Mappings;

/// <summary>How the time of a line is read; that of the first line of a group counts.</summary>
internal sealed record OccurredAtRule(Column Column, string[] Formats, TimeZoneInfo TimeZone)
{
    // AdjustToUniversal alone leaves a time without an offset of its own unspecified: the zone of the mapping counts.
    private const DateTimeStyles Styles = DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;

    // Far enough from both ends of the calendar that no shift can leave it.
    private const int EarliestYear = 1000;
    private const int LatestYear = 9000;

    public bool TryRead(string? text, out DateTimeOffset instant)
    {
        instant = default;
        if (!DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, Styles, out var time)
            || time.Year is < EarliestYear or > LatestYear)
        {
            return false;
        }

        // GetUtcOffset also answers for the hour that a change to summer time leaves out.
        var offset = time.Kind == DateTimeKind.Utc ? TimeSpan.Zero : TimeZone.GetUtcOffset(time);
        instant = new DateTimeOffset(time.Ticks, offset).ToUniversalTime();
        return true;
    }
}
