using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Ingestion.Claims;

/// <summary>A claim keeps nothing longer than the sale was kept of nobody (E20).</summary>
internal sealed class ClaimedTerms(AnonymousSale sale, Policy policy)
{
    /// <param name="grant">As the policies since the sale have it.</param>
    public Grant Bound(Grant grant) => HeldUntil(grant) is { } until && until < grant.Until
        ? grant with { Until = until, EndPolicy = sale.DecidedUnder == policy.Name ? "" : sale.DecidedUnder }
        : grant;

    /// <returns>Null: the sale was not kept for the purpose. Where its rules have other names now, the last of them counts.</returns>
    private DateTimeOffset? HeldUntil(Grant grant)
    {
        List<Grant> held = [.. sale.Held.Where(stored => stored.Purpose == grant.Purpose)];
        return (held.Find(stored => stored.RuleId == grant.RuleId) ?? held.MaxBy(stored => stored.Until))?.Until;
    }
}
