using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Retention;

/// <summary>
/// A no has no expiry, and nothing is kept without an end: it is kept on a lease that the review of its profile renews every year while it stands
/// (IT-SUP-1). An objection always; any other no of somebody who named themselves, for as long as anything else is held that it may bar.
/// </summary>
public static class LeasesOfNoes
{
    private static readonly CalendarPeriod Yearly = CalendarPeriod.OfMonths(12);

    // Errands are due at the next whole hour, and may be late.
    private static readonly TimeSpan BeforeItEnds = TimeSpan.FromDays(1);

    public static IReadOnlyDictionary<ConsentId, DateTimeOffset?> Renew(ProfileHoldings held, PermissionHistory history, bool isMoreLeft, Policy policy, DateTimeOffset now) =>
        Standing(held, history, isMoreLeft, now)
            .Where(entry => entry.ExpireAt is not null && RenewAt(entry, policy) <= now)
            .ToDictionary(entry => entry.Id, _ => (DateTimeOffset?)LedgerStamps.LeaseFrom(policy, now));

    /// <summary>Also of what is on no lease: whoever comes back before it ends is seen before it ends.</summary>
    /// <returns>Null: no no stands.</returns>
    public static DateTimeOffset? NextRenewal(ProfileHoldings held, PermissionHistory history, Policy policy, DateTimeOffset now) =>
        Standing(held, history, isMoreLeft: true, now)
            .Select(entry => GrantEnds.Earlier(
                entry.ExpireAt is not null && RenewAt(entry, policy) is var due && due > now ? due : policy.Add(now, Yearly),
                entry.ExpireAt - BeforeItEnds is { } last && last > now ? last : null))
            .Min();

    /// <summary>Objections with what was decided of them, and every other no that is on a lease.</summary>
    public static IEnumerable<ConsentEntry> Standing(ProfileHoldings held, PermissionHistory history, bool isMoreLeft, DateTimeOffset now)
    {
        var standing = history.Objections.Where(objection => objection.Until > now).Select(objection => objection.Id).ToHashSet();
        return held.Ledger.Where(entry => entry.Kind == LedgerKind.Objection
            ? standing.Contains(entry.Id) || (entry.RefersTo is { } decided && standing.Contains(decided))
            : isMoreLeft && held.IsIdentified && entry.StandsIn(held.Ledger, history.Consents, now));
    }

    /// <summary>A year after the review that set the end.</summary>
    private static DateTimeOffset RenewAt(ConsentEntry entry, Policy policy)
    {
        var lease = LedgerStamps.LeaseFrom(policy, entry.RecordedAt) - entry.RecordedAt;
        return policy.Add(entry.ExpireAt!.Value - lease, Yearly);
    }
}
