using Tracker.Core.Consents;
using Tracker.Core.Model;

namespace Tracker.Core.Profiles;

/// <summary>One right to hold a record, with its proof and whether it would be given again now.</summary>
/// <param name="Evidence">The entries of the ledger among its evidence; a law, a contract or an assessment has none.</param>
/// <param name="DenialNow">Why it would not be given now; None: it would.</param>
public sealed record ExplainedGrant(Grant Grant, IReadOnlyList<ConsentEntry> Evidence, Reason DenialNow)
{
    /// <summary>The entries of the ledger that ended or narrowed the right: withdrawals, refusals, objections, the cap.</summary>
    public IReadOnlyList<ConsentEntry> EndedBy { get; init; } = [];

    /// <summary>Its rule in later versions of the policy, where it says something else than before.</summary>
    public IReadOnlyList<LaterRule> LaterRules { get; init; } = [];

    /// <summary>Of a right by contract: since when there is one; null: not known.</summary>
    public DateTimeOffset? ContractFrom { get; init; }

    /// <summary>When it ended; null: not known, or not yet.</summary>
    public DateTimeOffset? ContractUntil { get; init; }
}
