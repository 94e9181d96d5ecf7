using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>Everything the gate needs to know to answer "may this be kept, for this purpose?"</summary>
public sealed record GateQuestion
{
    /// <summary>Null where no interaction is in question (CheckPermission).</summary>
    public InteractionType? Type { get; init; }

    /// <summary>The medium in question; Unspecified: any.</summary>
    public ContactChannel ContactChannel { get; init; }

    /// <summary>False for an interaction without any identifier.</summary>
    public required bool HasPerson { get; init; }

    /// <summary>The stored facts, and those this interaction establishes itself (the first order makes a customer).</summary>
    public required Facts Facts { get; init; }

    public IReadOnlyList<ConsentSpan> Consents { get; init; } = [];

    /// <summary>What proves a contract: the order, or the interaction itself.</summary>
    public string ContractEvidence { get; init; } = "";

    public required DateTimeOffset OccurredAt { get; init; }

    public required DateTimeOffset Now { get; init; }
}
