using Tracker.Core.Model;
using Tracker.Core.Retention.Nodes;

namespace Tracker.Core.Retention;

/// <summary>Reads and rewrites what is held under one profile.</summary>
public interface IReviewStore
{
    /// <returns>The living contact document, and an expired one that is still stored when the profile has a hold on its class; null: none.</returns>
    Task<ContactDocument?> FindContactAsync(TenantId tenant, ProfileId profile, CancellationToken cancellation);

    /// <returns>
    /// Living records of all classes after that address, in the order of the store; held ones as well, and those that have
    /// expired but are still stored when the profile has a hold on their class.
    /// </returns>
    Task<IReadOnlyList<InteractionRecord>> ListRecordsAsync(TenantId tenant, ProfileId profile, RecordAddress? after, int limit, CancellationToken cancellation);

    /// <summary>
    /// Durable on return. The ends of control, keys, identifiers and of the interaction entries are counted anew from what is
    /// left; a deleted class leaves its interaction, so that no repeat brings it back. Of nobody there are records alone, and no epoch: each that is still
    /// stored as nobody's is changed, and the links of its receipt numbers end with it.
    /// </summary>
    /// <returns>False: stale, nothing was written; review again.</returns>
    /// <exception cref="LeaseLostException">The work has gone to another node since; nothing was written.</exception>
    Task<bool> ApplyAsync(ProfileRevision revision, CancellationToken cancellation);

    /// <summary>
    /// Replaces the holds and the restriction of a profile, raises its epoch by one, and the person epoch of its members with it, and
    /// writes the errands, all at once and durable on return. A profile with a hold does not expire, and from here on nothing of the classes it keeps is deleted.
    /// </summary>
    /// <returns>False: the epoch has moved, or the profile is gone; nothing was written.</returns>
    Task<bool> ChangeHoldsAsync(
        TenantId tenant,
        ProfileId profile,
        long expectedEpoch,
        IReadOnlyList<ProfileHold> holds,
        bool isRestricted,
        IReadOnlyList<Errand> errands,
        CancellationToken cancellation);
}
