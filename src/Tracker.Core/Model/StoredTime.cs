namespace Tracker.Core.Model;

/// <summary>The precision of the stores, and the last instant they know.</summary>
public static class StoredTime
{
    /// <summary>The last millisecond there is: the end of what lives as long as a document that is held, until the hold is lifted.</summary>
    public static readonly DateTimeOffset NoEnd = DateTimeOffset.MaxValue.ToStored();

    /// <summary>To the whole millisecond before, in UTC; a finer time would be another time once it is read back.</summary>
    public static DateTimeOffset ToStored(this DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
