using Tracker.Core.Model;
using Tracker.Core.Retention.Nodes;

namespace Tracker.Core.Retention;

/// <summary>What a review changes of one profile, in one atomic write.</summary>
public sealed record ProfileRevision
{
    public required TenantId Tenant { get; init; }

    /// <summary>None: records of nobody.</summary>
    public required ProfileId Profile { get; init; }

    /// <summary>The counter the review read; under any other nothing is written.</summary>
    public required long ExpectedEpoch { get; init; }

    /// <summary>
    /// More of the same review follows in writes of their own. The end of the profile is then no earlier than before; it is counted with the last of
    /// them, because to count it is to walk over all that is left. Cut in between, the errand is still there and the review is done again.
    /// </summary>
    public bool IsPart { get; init; }

    /// <summary>Records with a new end, fewer grants or fewer fields; each must be stored, and is left out where it has gone since.</summary>
    public IReadOnlyList<InteractionRecord> Rewritten { get; init; } = [];

    public IReadOnlyList<RecordAddress> Deleted { get; init; } = [];

    /// <summary>The contact document to store; its version follows the one that was read. Null: as it is.</summary>
    public ContactDocument? Contact { get; init; }

    public bool DeletesContact { get; init; }

    /// <summary>Version of the contact document that the review read, 0 if there was none: under any other nothing is written. Null: it does not matter.</summary>
    public long? ReadContactVersion { get; init; }

    /// <summary>Orders, contracts and quotes whose records changed, and until when any record names them: whose one is, is not known for longer.</summary>
    public IReadOnlyDictionary<UInt128, DateTimeOffset> OrderEnds { get; init; } = new Dictionary<UInt128, DateTimeOffset>();

    /// <summary>New ends of ledger entries; null: none while what holds it stands (its consent, a legal hold on evidence).</summary>
    public IReadOnlyDictionary<ConsentId, DateTimeOffset?> RestampedEntries { get; init; } = new Dictionary<ConsentId, DateTimeOffset?>();

    /// <summary>
    /// Classes of which nothing is left: their keys are destroyed, unless something has arrived since. That raises the epoch,
    /// so that a write under way does not seal anything with a key that is gone.
    /// </summary>
    public RetentionClasses EmptiedClasses { get; init; }

    /// <summary>Under which it is refused once the work has gone to another node. Null: it is not part of the work in the background.</summary>
    public Fence? Fence { get; init; }

    public IReadOnlyList<Errand> Done { get; init; } = [];

    public IReadOnlyList<Errand> Next { get; init; } = [];
}
