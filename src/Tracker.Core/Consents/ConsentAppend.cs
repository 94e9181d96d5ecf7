using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>One decision to append, with what must change together with it.</summary>
public sealed record ConsentAppend
{
    public required ConsentEntry Entry { get; init; }

    /// <summary>The profile does not exist yet: none of <see cref="NewIdentifiers"/> may be known at the append.</summary>
    public required bool IsNewProfile { get; init; }

    /// <summary>The counter the decision was prepared under; the append is stale under any other.</summary>
    public required long ExpectedEpoch { get; init; }

    public IReadOnlyList<IdentifierHash> NewIdentifiers { get; init; } = [];

    public Facts Facts { get; init; } = Facts.None;

    /// <summary>UTC day of the act, where it counts for retention.</summary>
    public DateTimeOffset? LastInteractionAt { get; init; }

    /// <summary>New days of deletion for earlier entries of the profile that this one ends.</summary>
    public IReadOnlyDictionary<ConsentId, DateTimeOffset> Restamped { get; init; } = new Dictionary<ConsentId, DateTimeOffset>();
}
