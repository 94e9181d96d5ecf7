using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Retention;

/// <summary>What is known of a profile beside its records, as it was read for a review.</summary>
public sealed record ProfileHoldings(Control Control, IReadOnlyList<ConsentEntry> Ledger, ProfileKeys? Keys, ContactDocument? Contact)
{
    public PermissionHistory Fold(Policy policy) => ConsentHistory.Fold(Ledger, Activity.Of(Control, policy));
}
