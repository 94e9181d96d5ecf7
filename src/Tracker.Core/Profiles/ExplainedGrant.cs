using Tracker.Core.Consents;
using Tracker.Core.Model;

namespace Tracker.Core.Profiles;

/// <summary>One right to hold a record, with its proof and whether it would be given again now.</summary>
/// <param name="Evidence">The entries of the ledger among its evidence; a law, a contract or an assessment has none.</param>
/// <param name="DenialNow">Why it would not be given now; None: it would.</param>
public sealed record ExplainedGrant(Grant Grant, IReadOnlyList<ConsentEntry> Evidence, Reason DenialNow);
