namespace Tracker.Server.Import.Shifts;

/// <summary>By how many weeks the times of the files are moved.</summary>
internal sealed record Shift(int Weeks, ShiftOrigin Origin)
{
    public const int MostWeeks = 10_000;

    public static readonly Shift None = new(0, ShiftOrigin.None);

    public TimeSpan Span => TimeSpan.FromDays(7 * Weeks);
}
