using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>
/// Where interactions are written. Records, the identity changes they need, keys and contacts go through one port
/// because an engine with atomic writes must be able to make them one.
/// </summary>
public interface IRecordStore
{
    /// <summary>How many micro-batches it may be given at a time before they only wait for each other.</summary>
    int CommitsAtATime { get; }

    /// <summary>How many interactions are worth a commit of their own beside others, at least 1.</summary>
    int MinPartSize { get; }

    /// <returns>For each key, in order, whether any record of it is stored and not expired; false also where only a commit can tell whether all of it is.</returns>
    Task<IReadOnlyList<bool>> ExistAsync(TenantId tenant, IReadOnlyList<InteractionKey> keys, CancellationToken cancellation);

    /// <returns>For each profile, in order, its contact document; null where there is none or it has expired.</returns>
    Task<IReadOnlyList<ContactDocument?>> ReadContactsAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation);

    /// <summary>
    /// Writes a micro-batch and returns when it is durable; once the token is cancelled nothing of it is written any more
    /// unless the writing has begun. A profile whose change is stale has all its interactions
    /// answered Stale but for those that are stored already; one whose interaction turns out a duplicate has the others
    /// answered Stale, because they were decided on facts of that one. Every profile that an interaction names must come
    /// with its change. Control, keys and identifiers of a profile are stamped to live as long as the
    /// latest of its records and its contact, counted anew where the contact ends earlier than before (identifiers to the whole hour before, so that a busy profile rewrites them hourly at most).
    /// An interaction that takes the place of a sale of nobody is answered Duplicate where that is gone, or somebody's by now; what is
    /// of nobody and has receipt numbers is stored with its links or not at all.
    /// </summary>
    /// <returns>One answer per interaction, in order.</returns>
    Task<IReadOnlyList<CommitAnswer>> CommitAsync(MicroBatch batch, CancellationToken cancellation);
}
