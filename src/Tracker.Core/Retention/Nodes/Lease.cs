using Tracker.Core.Model;

namespace Tracker.Core.Retention.Nodes;

/// <summary>Which node does a work, and until when it may without asking again.</summary>
/// <param name="Holder">Null: nobody.</param>
/// <param name="Fence">Rises with every change of holder.</param>
public sealed record Lease(BackgroundWork Work, string? Holder, long Fence, DateTimeOffset Until)
{
    // The clocks of nodes disagree by less: a fence that begins anew at the clock is higher than any before it.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    public DateTimeOffset ExpireAt => Until + Remembered;

    /// <param name="found">As it is stored, over or not.</param>
    /// <returns>As it is to be stored; null: another has it.</returns>
    public static Lease? Take(Lease? found, BackgroundWork work, string holder, TimeSpan duration, DateTimeOffset now)
    {
        if (found?.Holder == holder)
        {
            return found with { Until = (now + duration).ToStored() };
        }

        return found is { Holder: not null } && found.Until > now
            ? null
            : new(work, holder, Math.Max((found?.Fence ?? 0) + 1, now.ToUnixTimeMilliseconds()), (now + duration).ToStored());
    }
}
