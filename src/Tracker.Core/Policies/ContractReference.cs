namespace Tracker.Core.Policies;

/// <summary>The order, quote or contract that an interaction names, as far as the store knows whose it is.</summary>
/// <param name="Evidence">How grants name it: "order:…", a keyed hash.</param>
/// <param name="IsOfAnother">It is known, and belongs to another person (R-022, E39).</param>
public sealed record ContractReference(string Evidence, bool IsOfAnother)
{
    /// <summary>The interaction names one that is this person's, or is itself the act that makes or ends one; otherwise it names none.</summary>
    public bool IsNamed { get; init; }

    /// <summary>It names a contract that was over: another one that goes on is not what it belongs to.</summary>
    public bool NamesEnded { get; init; }
}
