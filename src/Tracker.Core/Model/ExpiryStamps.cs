namespace Tracker.Core.Model;

/// <summary>The rules by which documents of a profile inherit their end from what is held under it.</summary>
public static class ExpiryStamps
{
    /// <summary>
    /// Identifiers end at the whole hour before their control, so that a profile in use rewrites them at most hourly and
    /// the result does not depend on the order of writes. Early is lawful, late is not.
    /// </summary>
    public static DateTimeOffset ForIdentifier(DateTimeOffset controlExpireAt) =>
        new(controlExpireAt.UtcTicks - (controlExpireAt.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    public static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a <= b ? a : b;

    public static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a >= b ? a : b;
}
