using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>What became of one interaction.</summary>
public sealed record InteractionOutcome
{
    public required string MessageId { get; init; }

    public required Outcome Outcome { get; init; }

    public Reason Reason { get; init; }

    /// <summary>Where it is stored; null if nothing is.</summary>
    public InteractionKey? Key { get; init; }

    public RecordDecision? Decision { get; init; }

    /// <summary>The policy that decided, as "profile@version"; empty: nothing was decided.</summary>
    public string PolicyVersion { get; init; } = "";

    /// <summary>Of that policy; empty: nothing was decided.</summary>
    public ReadOnlyMemory<byte> PolicySha256 { get; init; }

    public IReadOnlyList<Grant> Grants { get; init; } = [];

    public IReadOnlyList<PurposeDenial> Denials { get; init; } = [];

    /// <summary>Paths of the fields no permitted purpose needs, and of the identifiers that the policy blocks.</summary>
    public IReadOnlyList<string> StrippedFields { get; init; } = [];

    /// <summary>Paths from the item, such as "identifiers[0].value".</summary>
    public IReadOnlyList<Violation> Violations { get; init; } = [];
}
