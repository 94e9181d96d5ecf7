using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;

namespace Tracker.Core.Ingestion.Claims;

/// <summary>A claim keeps nothing longer than the same sale would be kept if its buyer had been known at once (E20).</summary>
internal sealed class ClaimedTerms(AnonymousSale sale, Policy policy)
{
    private readonly Policy? _then = policy.FindEarlier(sale.DecidedUnder);

    /// <summary>The policy that the sale was stored under; empty: the one in force.</summary>
    private string StoredUnder => sale.DecidedUnder == policy.Name ? "" : sale.DecidedUnder;

    /// <param name="grant">As the policy in force has it.</param>
    /// <param name="fields">What is kept under it.</param>
    /// <param name="said">How long the consent says that it is kept; null: it does not, or there is none.</param>
    public Grant Bound(Grant grant, FieldSet fields, in RetentionAnchors anchors, CalendarPeriod? said)
    {
        var until = Earlier(Earlier(grant.Until, HeldUntil(grant)), UntilThen(grant, fields, anchors, said));
        return grant with { Until = until, GivenUnder = StoredUnder, EndPolicy = until < grant.Until ? StoredUnder : "" };
    }

    private static DateTimeOffset Earlier(DateTimeOffset end, DateTimeOffset? other) => other < end ? other.Value : end;

    /// <returns>Null: the sale was not kept for the purpose. Where its rules have other names now, the last of them counts.</returns>
    private DateTimeOffset? HeldUntil(Grant grant)
    {
        List<Grant> held = [.. sale.Held.Where(stored => stored.Purpose == grant.Purpose)];
        return (held.Find(stored => stored.RuleId == grant.RuleId) ?? held.MaxBy(stored => stored.Until))?.Until;
    }

    /// <summary>By the rules of then. What had none then is not kept for what there is one for by now, unless it was kept for it all the same.</summary>
    /// <returns>Null: they are those of now, or not known.</returns>
    private DateTimeOffset? UntilThen(Grant grant, FieldSet fields, in RetentionAnchors anchors, CalendarPeriod? said)
    {
        if (_then is null)
        {
            return null;
        }

        var known = anchors;
        return _then.FindRules(grant.Purpose, fields, DataCategory.CommercialProfiling, grant.Basis, grant.Ground)
            .Select(rule => (DateTimeOffset?)RetentionArithmetic.Due(rule, known, policy.Zone, said))
            .DefaultIfEmpty(sale.Held.Any(stored => stored.Purpose == grant.Purpose) ? null : DateTimeOffset.MinValue)
            .Min();
    }
}
