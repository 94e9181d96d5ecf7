using System.Globalization;

namespace Tracker.Server.Import;

/// <summary>Rate and expected end at one moment.</summary>
/// <param name="Waiting">Why nothing moves; null: it does.</param>
internal readonly record struct ImportPace(long Read, long Rows, long Answered, TimeSpan Elapsed, string? Waiting)
{
    public double Rate => Elapsed > TimeSpan.Zero ? Answered / Elapsed.TotalSeconds : 0;

    /// <summary>Null as long as nothing can be said.</summary>
    public TimeSpan? Left => Read > 0 && Answered > 0 ? Elapsed * ((double)(Rows - Read) / Read) : null;

    public string Describe()
    {
        var left = Left is { } span ? $", about {span.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture)} left" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Read:N0} of {Rows:N0} rows, {Answered:N0} interactions answered, {(Waiting is null ? $"{Rate:N0}/s{left}" : $"waiting: {Waiting}")}");
    }
}
