namespace Tracker.Core.Model.Content;

/// <summary>What an interaction says beyond the fact that it happened, one member per data category.</summary>
public sealed record InteractionContent
{
    public static readonly InteractionContent Empty = new();

    public Commerce? Commerce { get; init; }

    public ContactDetails? Contact { get; init; }

    public FiscalIdentity? Fiscal { get; init; }

    public FinancialDetails? Financial { get; init; }

    public Preferences? Preferences { get; init; }

    public OnlineContext? Online { get; init; }

    public StoreContext? Store { get; init; }

    public LeadOrigin? Origin { get; init; }

    /// <summary>What was derived of the person, not given by it.</summary>
    public IReadOnlyList<Inference>? Inferences { get; init; }

    // A record would print its values; logs and messages must never hold them.
    public override string ToString() => nameof(InteractionContent);
}
