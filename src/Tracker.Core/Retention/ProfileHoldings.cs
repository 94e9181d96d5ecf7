using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Retention;

/// <summary>What is known of a profile beside its records, as it was read for a review.</summary>
public sealed record ProfileHoldings(Control Control, IReadOnlyList<ConsentEntry> Ledger, ProfileKeys? Keys, ContactDocument? Contact, OtherProfiles Others)
{
    /// <summary>Of nobody, who decided nothing and of whom no order or contract is known to have ended.</summary>
    public static ProfileHoldings OfNobody(TenantId tenant) =>
        new(new() { Tenant = tenant, Profile = ProfileId.None, CreatedAt = DateTimeOffset.MinValue, ExpireAt = DateTimeOffset.MaxValue }, [], Keys: null, Contact: null, OtherProfiles.None);

    /// <summary>Another profile of the person has a record or contact details, which a no of this one bars as well.</summary>
    public bool HaveOthersMore { get; init; }

    /// <summary>Another profile of the person is of somebody who named themselves.</summary>
    public bool AreOthersIdentified { get; init; }

    /// <summary>Somebody named themselves; a machine alone is nobody in particular.</summary>
    public bool IsIdentified => AreOthersIdentified || Control.Facts.IdentifiedAt is not null;

    /// <summary>What may be kept: with the noes of the other profiles of the person.</summary>
    public PermissionHistory Fold(Policy policy) => Others.Fold(Ledger, Activity.Of(Control, policy));

    /// <summary>What has ended in this ledger, whoever the person is held to be.</summary>
    public PermissionHistory FoldAlone(Policy policy) => ConsentHistory.Fold(Ledger, Activity.Of(Control, policy));

    /// <summary>Until when each entry of the ledger is kept, as it is or will be.</summary>
    /// <param name="isMoreLeft">Something else is held of the person, which a no may bar; without it a no ends as its own proof does.</param>
    public IReadOnlyDictionary<ConsentId, DateTimeOffset?> Stamp(IReadOnlyList<ConsentEntry> ledger, bool isMoreLeft, Policy policy, DateTimeOffset now) =>
        LedgerStamps.Of(ledger, Others.Gifts, IsIdentified && isMoreLeft, policy, now);
}
