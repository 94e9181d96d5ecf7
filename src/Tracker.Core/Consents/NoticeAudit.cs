using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Consents;

/// <summary>
/// Whether the rules in force keep anything longer than a notice in use states (GDPR Art. 13(2)(a), R-065). What a consent carries is kept as its notice says whatever
/// a rule does; all else is kept by its rule alone.
/// </summary>
public sealed class NoticeAudit(INoticeStore notices, PolicyRegister policies, TimeProvider time)
{
    /// <summary>Before the first call: a rule that was made longer begins with a notice that says so.</summary>
    /// <exception cref="PolicyInvalidException">A notice that is in use, or is to be, states less.</exception>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        foreach (var tenant in policies.Tenants)
        {
            var (policy, versions) = (policies.For(tenant), await notices.ListAsync(tenant, cancellation));
            List<PolicyError> errors = [.. versions.Where(notice => notice.IsOf(tenant) && !(notice.ReplacedAt(versions) <= time.GetUtcNow())).SelectMany(notice => Find(notice, policy))];
            if (errors.Count > 0)
            {
                throw new PolicyInvalidException(policy.Version, errors);
            }
        }
    }

    private static IEnumerable<PolicyError> Find(Notice notice, Policy policy) =>
        from term in notice.Scope.RetentionTerms
        from rule in StatedTerms.KeptByRule(policy, term.Purpose)
        where StatedTerms.Exceeds(rule, term.Period)
        select new PolicyError(
            $"$.rules[{rule.Id}]",
            $"keeps longer than version {notice.Version} of notice {notice.Id} states for {EnumNames<Purpose>.Of(term.Purpose)} ({term.Period}); register a version that states its term under the rules as they were, or shorten the rule (GDPR Art. 13(2)(a))");
}
