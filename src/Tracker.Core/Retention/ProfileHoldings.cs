using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Retention;

/// <summary>What is known of a profile beside its records, as it was read for a review.</summary>
public sealed record ProfileHoldings(Control Control, IReadOnlyList<ConsentEntry> Ledger, ProfileKeys? Keys, ContactDocument? Contact, OtherProfiles Others)
{
    /// <summary>What may be kept: with the noes of the other profiles of the person.</summary>
    public PermissionHistory Fold(Policy policy) => Others.Fold(Ledger, Activity.Of(Control, policy));

    /// <summary>What has ended in this ledger, whoever the person is held to be.</summary>
    public PermissionHistory FoldAlone(Policy policy) => ConsentHistory.Fold(Ledger, Activity.Of(Control, policy));
}
