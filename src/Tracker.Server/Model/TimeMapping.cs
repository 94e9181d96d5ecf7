using Google.Protobuf.WellKnownTypes;

namespace Tracker.Server.Model;

internal static class TimeMapping
{
    private const long NanosPerSecond = 1_000_000_000;
    private const int NanosPerTick = 100;

    // google.protobuf.Timestamp: 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z.
    private const long MinSeconds = -62_135_596_800;
    private const long MaxSeconds = 253_402_300_799;

    // google.protobuf.Duration: about 10,000 years either way.
    private const long MaxDurationSeconds = 315_576_000_000;

    public static DateTimeOffset? ToCore(this Timestamp? wire, Place at, string field)
    {
        if (wire is null)
        {
            return null;
        }

        if (wire.Seconds is >= MinSeconds and <= MaxSeconds && wire.Nanos is >= 0 and < (int)NanosPerSecond)
        {
            return new DateTimeOffset(DateTime.UnixEpoch.Ticks + (wire.Seconds * TimeSpan.TicksPerSecond) + (wire.Nanos / NanosPerTick), TimeSpan.Zero);
        }

        at.Refuse(field, "must be between 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999999999Z");
        return null;
    }

    public static TimeSpan? ToCore(this Duration? wire, Place at, string field)
    {
        if (wire is null)
        {
            return null;
        }

        var isOneSigned = wire.Seconds == 0 || wire.Nanos == 0 || wire.Seconds > 0 == wire.Nanos > 0;
        if (isOneSigned && wire.Seconds is >= -MaxDurationSeconds and <= MaxDurationSeconds && wire.Nanos is > -(int)NanosPerSecond and < (int)NanosPerSecond)
        {
            return new TimeSpan((wire.Seconds * TimeSpan.TicksPerSecond) + (wire.Nanos / NanosPerTick));
        }

        at.Refuse(field, "must be a valid duration: seconds and nanos of the same sign, nanos below one second");
        return null;
    }

    public static Timestamp ToWire(this DateTimeOffset time) => Timestamp.FromDateTimeOffset(time);

    public static Timestamp? ToWire(this DateTimeOffset? time) => time is { } set ? set.ToWire() : null;

    public static Duration? ToWire(this TimeSpan? span) => span is { } set ? Duration.FromTimeSpan(set) : null;
}
