using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Retention;

/// <summary>Proof is kept after the end only as long as claims may come (IT-EVI-1, R-040).</summary>
public static class EvidenceEnds
{
    public static DateTimeOffset KeepUntil(Policy policy, DateTimeOffset end)
    {
        var rule = policy.FindRule(Purpose.ConsentEvidence, DataCategory.Evidence, LegalBasis.LegalObligation)!;
        return RetentionArithmetic.Due(rule, RetentionAnchors.ForEvidence(end, policy.Zone), policy.Zone);
    }

    /// <returns>When what an entry proves ended; a consent that stands has no end yet and is not asked about.</returns>
    public static DateTimeOffset EndOf(ConsentEntry entry, PermissionHistory history)
    {
        var end = history.Consents.Where(span => span.Id == entry.Id).Select(span => span.Until).DefaultIfEmpty(entry.EffectiveAt).Max();
        return end == DateTimeOffset.MaxValue ? entry.RecordedAt : end;
    }
}
