namespace Tracker.Core.Policies.History;

/// <summary>Everything the ledger of one person says, folded: what the gate decides on.</summary>
public sealed record PermissionHistory
{
    public static readonly PermissionHistory None = new();

    public IReadOnlyList<ConsentSpan> Consents { get; init; } = [];

    public IReadOnlyList<ObjectionSpan> Objections { get; init; } = [];

    public IReadOnlyList<SoftOptIn> SoftOptIns { get; init; } = [];

    /// <summary>The latest look into the register; null: never looked.</summary>
    public RegisterCheck? Register { get; init; }
}
