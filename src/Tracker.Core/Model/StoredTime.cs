namespace Tracker.Core.Model;

/// <summary>The precision of the stores.</summary>
public static class StoredTime
{
    /// <summary>To the whole millisecond before, in UTC; a finer time would be another time once it is read back.</summary>
    public static DateTimeOffset ToStored(this DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
