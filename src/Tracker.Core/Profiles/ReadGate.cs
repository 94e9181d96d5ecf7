using Tracker.Core.Model;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Profiles;

/// <summary>
/// What a purpose may see now: a grant for it that has not ended and, where it rests on consent, whose consent still
/// counts. A withdrawal therefore hides at once what it will delete.
/// </summary>
public sealed class ReadGate(Purpose purpose, PermissionHistory history, DateTimeOffset now)
{
    private readonly HashSet<string> _consentsInForce = [.. history.Consents
        .Where(span => span.Until > now)
        .Select(span => span.Id.ToString())];

    /// <returns>The grant to read under; null: not to be seen.</returns>
    public Grant? Find(IEnumerable<Grant> grants) => grants.FirstOrDefault(grant =>
        grant.Purpose == purpose
        && grant.Until > now
        && (grant.Basis != LegalBasis.Consent || grant.EvidenceIds.Any(_consentsInForce.Contains)));
}
