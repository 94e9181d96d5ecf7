using Tracker.Core.Identities;
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

    /// <summary>What is of nobody is gone through as a whole, and so at most once a day: what has ended is hidden until then.</summary>
    public static Errand OfNobody(TenantId tenant, DateTimeOffset endsAt) =>
        new(tenant, ProfileId.None, new((endsAt.UtcTicks + TimeSpan.TicksPerDay - 1) / TimeSpan.TicksPerDay * TimeSpan.TicksPerDay, TimeSpan.Zero));

    /// <summary>
    /// An errand of an hour that has begun while it was decided may be in hand at this moment, by a review that has read
    /// without this write and would take the errand away with it. A write that raises the epoch makes such a review begin again.
    /// </summary>
    public static Errand Of(TenantId tenant, ProfileUpdate update, DateTimeOffset dueAt, DateTimeOffset now) =>
        new(tenant, update.Profile, dueAt < now && !update.MakesStale ? WholeHourFrom(now) : dueAt);
}
