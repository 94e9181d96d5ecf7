namespace Tracker.Core.Identities.Matching;

/// <summary>What one field says of two profiles; never what it holds.</summary>
/// <param name="Bits">Above zero it speaks for one person, below for two; each bit doubles or halves the odds.</param>
public readonly record struct MatchEvidence(MatchField Field, MatchLevel Level, double Bits);
