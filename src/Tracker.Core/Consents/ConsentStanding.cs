namespace Tracker.Core.Consents;

/// <summary>Whether a consent counted at an instant, as the ledger tells it today.</summary>
/// <param name="State">GIVEN or RENEWED where it counted, or rested because the person was too young for it where they lived; otherwise what it was: OBJECTED or OBJECTION_UPHELD if nothing was given and an objection stands, REFUSED or WITHDRAWN if a no is all or the last that was said, UNSPECIFIED if nothing was ever said by then.</param>
/// <param name="Entry">The consent, or the no, that it is about; null: none.</param>
public sealed record ConsentStanding(bool IsValid, ConsentState State, ConsentEntry? Entry)
{
    /// <summary>What had ended it by then; null: nothing, or what no entry says (its own term, silence not yet noted, an age).</summary>
    public ConsentEntry? EndedBy { get; init; }
}
