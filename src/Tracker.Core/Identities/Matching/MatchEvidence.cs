namespace Tracker.Core.Identities.Matching;

/// <summary>What one field says of two profiles.</summary>
/// <param name="Level">As <see cref="MatchField"/> has them.</param>
/// <param name="Bits">Above zero it speaks for one person, below for two; each bit doubles or halves the odds.</param>
public readonly record struct MatchEvidence(MatchField Field, int Level, double Bits);
