using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>One interaction to store: all of its records, or nothing.</summary>
public sealed record InteractionWrite(InteractionKey Key, ProfileId Profile, IReadOnlyList<InteractionRecord> Records)
{
    /// <summary>The latest end of its records.</summary>
    public DateTimeOffset End => Records.Aggregate(DateTimeOffset.MinValue, (end, record) => Holding.Later(end, record.ExpireAt));
}
