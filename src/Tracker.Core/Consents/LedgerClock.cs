using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>From when an entry counts: a gift late, a withdrawal early (compliance 2.6); never in the future (E16).</summary>
internal static class LedgerClock
{
    /// <summary>The latest of what the sender says, what its clock should have said, and when the notice was shown.</summary>
    public static DateTimeOffset OfGift(DateTimeOffset decidedAt, DateTimeOffset? shownAt, DateTimeOffset? sentAt, DateTimeOffset now)
    {
        var asserted = Later(decidedAt, shownAt ?? decidedAt);
        var corrected = sentAt is { } sent ? Later(asserted, Shift(asserted, now - sent)) : asserted;
        return corrected < now ? corrected : now;
    }

    /// <summary>The earliest of what the sender says, what its clock should have said, and the arrival.</summary>
    public static DateTimeOffset OfRefusal(DateTimeOffset? decidedAt, DateTimeOffset? sentAt, DateTimeOffset now)
    {
        if (decidedAt is not { } asserted)
        {
            return now;
        }

        var corrected = sentAt is { } sent ? Shift(asserted, now - sent) : asserted;
        var earliest = corrected < asserted ? corrected : asserted;
        return Later(earliest < now ? earliest : now, DateTimeOffset.UnixEpoch);
    }

    /// <param name="named">The proof of the consent that it names; no word on it is older.</param>
    public static ConsentEntry DateRefusal(this ConsentEntry refusal, DateTimeOffset? decidedAt, DateTimeOffset? sentAt, DateTimeOffset? named = null)
    {
        var now = refusal.RecordedAt;
        var earliest = OfRefusal(decidedAt, sentAt, now).ToStored();
        var latest = Later(OfGift(decidedAt ?? now, shownAt: null, sentAt, now), named ?? earliest).ToStored();
        return refusal with { EffectiveAt = earliest, AtLatest = latest > earliest ? latest : null };
    }

    private static DateTimeOffset Shift(DateTimeOffset at, TimeSpan by) =>
        new(Math.Clamp(at.UtcTicks + by.Ticks, DateTimeOffset.MinValue.UtcTicks, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a >= b ? a : b;
}
