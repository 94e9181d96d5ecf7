namespace Tracker.Core.Identities.Matching;

/// <summary>
/// The weights of Fellegi and Sunter (1969): of each level of each field, how often the same person has it (m) and how often two people do (u). A text
/// that is rare weighs more than one that many have (adjusted for term frequency, Winkler 1988).
/// </summary>
internal sealed class MatchModel(double[][] same, double[][] others, double priorBits, IReadOnlyDictionary<(MatchField Field, string Text), double> frequencies)
{
    // One address is one household's, one telephone number one person's: how many people have it is what is known of it already.
    private static readonly MatchField[] Adjusted = [MatchField.GivenName, MatchField.FamilyName, MatchField.City];

    /// <summary>Before anything is compared: how likely two people drawn at random are the same, in bits.</summary>
    public double PriorBits => priorBits;

    public MatchEvidence[] Weigh(MatchDetails one, sbyte[] levels)
    {
        List<MatchEvidence> evidence = [];
        foreach (var field in MatchComparison.Fields)
        {
            if (levels[(int)field] is >= 0 and var level)
            {
                evidence.Add(new(field, level, BitsOf(field, level, one[field])));
            }
        }

        return [.. evidence];
    }

    private double BitsOf(MatchField field, int level, string text)
    {
        var chance = level == MatchComparison.SameOf(field) && Adjusted.Contains(field) && frequencies.TryGetValue((field, text), out var share) ? share : others[(int)field][level];
        return Math.Log2(same[(int)field][level] / chance);
    }
}
