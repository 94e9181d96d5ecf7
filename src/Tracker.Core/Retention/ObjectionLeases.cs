using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Retention;

/// <summary>
/// An objection has no expiry, and nothing is kept without an end: it is kept on a lease that the review of its profile
/// renews every year while it stands (IT-SUP-1).
/// </summary>
public static class ObjectionLeases
{
    private static readonly CalendarPeriod Yearly = CalendarPeriod.OfMonths(12);

    public static IReadOnlyDictionary<ConsentId, DateTimeOffset?> Renew(IReadOnlyList<ConsentEntry> ledger, PermissionHistory history, Policy policy, DateTimeOffset now) =>
        Standing(ledger, history, now)
            .Where(entry => entry.ExpireAt is not null && RenewAt(entry, policy) <= now)
            .ToDictionary(entry => entry.Id, _ => (DateTimeOffset?)LedgerStamps.LeaseFrom(policy, now));

    /// <returns>Null: no objection stands.</returns>
    public static DateTimeOffset? NextRenewal(IReadOnlyList<ConsentEntry> ledger, PermissionHistory history, Policy policy, DateTimeOffset now) =>
        Standing(ledger, history, now)
            .Select(entry => entry.ExpireAt is not null && RenewAt(entry, policy) is var due && due > now ? due : (DateTimeOffset?)policy.Add(now, Yearly))
            .Min();

    private static IEnumerable<ConsentEntry> Standing(IReadOnlyList<ConsentEntry> ledger, PermissionHistory history, DateTimeOffset now)
    {
        var standing = history.Objections.Where(objection => objection.Until > now).Select(objection => objection.Id).ToHashSet();
        return ledger.Where(entry => entry.Kind == LedgerKind.Objection && (standing.Contains(entry.Id) || (entry.RefersTo is { } decided && standing.Contains(decided))));
    }

    /// <summary>A year after the review that set the end.</summary>
    private static DateTimeOffset RenewAt(ConsentEntry entry, Policy policy)
    {
        var lease = LedgerStamps.LeaseFrom(policy, entry.RecordedAt) - entry.RecordedAt;
        return policy.Add(entry.ExpireAt!.Value - lease, Yearly);
    }
}
