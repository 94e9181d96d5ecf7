namespace Tracker.Core.Policies.History;

/// <summary>Everything the ledger of one person says, folded: what the gate decides on.</summary>
public sealed record PermissionHistory
{
    public static readonly PermissionHistory None = new();

    public IReadOnlyList<ConsentSpan> Consents { get; init; } = [];

    public IReadOnlyList<ObjectionSpan> Objections { get; init; } = [];

    /// <summary>What was refused or withdrawn of the controller's own; what was given since is among the consents.</summary>
    public IReadOnlyList<Refusal> Refusals { get; init; } = [];

    public IReadOnlyList<SoftOptIn> SoftOptIns { get; init; } = [];

    /// <summary>All looks into the register, in no order: a call asks for one from before it, which no later look replaces.</summary>
    public IReadOnlyList<RegisterCheck> RegisterChecks { get; init; } = [];
}
