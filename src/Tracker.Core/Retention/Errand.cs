using Tracker.Core.Model;

namespace Tracker.Core.Retention;

/// <summary>
/// "Look at everything of this profile again, then": after a withdrawal, when a purpose ends before its record does,
/// when an anchor became known. Written in the same write as what causes it, deleted with the write that does it.
/// </summary>
/// <param name="DueAt">Coarse on purpose: one profile has at most one errand at one instant.</param>
public readonly record struct Errand(TenantId Tenant, ProfileId Profile, DateTimeOffset DueAt)
{
    /// <summary>When what happens at that instant is looked after: a profile in use has at most one errand an hour.</summary>
    public static DateTimeOffset WholeHourFrom(DateTimeOffset instant) =>
        new((instant.UtcTicks + TimeSpan.TicksPerHour - 1) / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
}
