using Tracker.Core.Model;

namespace Tracker.Storage.RocksDb.Records;

/// <summary>
/// One per stored interaction: tells a duplicate, and where its records are. It goes with the last of them.
/// </summary>
internal sealed record InteractionEntry
{
    public required InteractionKey Key { get; init; }

    public required TenantId Tenant { get; init; }

    public required ProfileId Profile { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Classes that are stored, expired or not.</summary>
    public required RetentionClasses Present { get; init; }

    /// <summary>Classes that ought to be stored: a class leaves both sets when it is deleted, so that no repeat brings it back.</summary>
    public required RetentionClasses Expected { get; init; }

    public required BatchId Batch { get; init; }

    /// <summary>The latest end of its records.</summary>
    public required DateTimeOffset ExpireAt { get; init; }

    public RetentionClasses Missing => new((ushort)(Expected.Bits & ~Present.Bits));

    public InteractionEntry With(InteractionRecord record) => this with
    {
        Present = Present.With(record.Class),
        ExpireAt = Holding.Later(ExpireAt, record.ExpireAt),
    };

    public InteractionEntry Without(RetentionClass member) => this with
    {
        Present = Present.Without(member),
        Expected = Expected.Without(member),
    };
}
