using Tracker.Core.Model;

namespace Tracker.Core.Retention;

/// <summary>What a review changes of one profile, in one atomic write.</summary>
public sealed record ProfileRevision
{
    public required TenantId Tenant { get; init; }

    public required ProfileId Profile { get; init; }

    /// <summary>The counter the review read; under any other nothing is written.</summary>
    public required long ExpectedEpoch { get; init; }

    /// <summary>Records with a new end, fewer grants or fewer fields; each must be stored, and is left out where it has gone since.</summary>
    public IReadOnlyList<InteractionRecord> Rewritten { get; init; } = [];

    public IReadOnlyList<RecordAddress> Deleted { get; init; } = [];

    /// <summary>The contact document to store; its version follows the one that was read. Null: as it is.</summary>
    public ContactDocument? Contact { get; init; }

    public bool DeletesContact { get; init; }

    /// <summary>New ends of ledger entries.</summary>
    public IReadOnlyDictionary<ConsentId, DateTimeOffset?> RestampedEntries { get; init; } = new Dictionary<ConsentId, DateTimeOffset?>();

    /// <summary>Classes of which nothing is left: their keys are destroyed.</summary>
    public RetentionClasses EmptiedClasses { get; init; }

    public IReadOnlyList<Errand> Done { get; init; } = [];

    public IReadOnlyList<Errand> Next { get; init; } = [];
}
