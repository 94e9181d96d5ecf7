namespace Tracker.Core.Identities.Matching;

/// <summary>
/// The weights of Fellegi and Sunter (1969): of each level of each field, how often the same person has it (m) and how often two people do (u). A text
/// that is rare weighs more than one that many have (adjusted for term frequency, Winkler 1988).
/// </summary>
/// <param name="others">By <see cref="MatchContext"/>.</param>
/// <param name="priorBits">Before anything is compared: how likely two people drawn at random are the same, in bits.</param>
internal sealed class MatchModel(double[][] same, double[][][] others, double priorBits, IReadOnlyDictionary<(MatchField Field, string Text), double> frequencies)
{
    // One address is one household's, one telephone number one person's: how many people have it is what is known of it already.
    private static readonly MatchField[] Adjusted = [MatchField.GivenName, MatchField.FamilyName, MatchField.City];

    public double PriorBits => priorBits;

    public MatchModel WithPrior(double bits) => new(same, others, bits, frequencies);

    public static double Likely(double bits) => 1 / (1 + Math.Pow(2, -bits));

    /// <summary>The probability that they are one person.</summary>
    public double ScoreOf(MatchDetails one, MatchDetails other) => Likely(priorBits + BitsOf(one, other));

    /// <summary>What all fields say, without the prior.</summary>
    /// <summary>What the fields say, without the prior.</summary>
    public double BitsOf(MatchDetails one, MatchDetails other)
    {
        var levels = MatchComparison.Compare(one, other);
        var (context, bits) = (ContextOf(levels), 0d);
        foreach (var field in MatchComparison.Fields)
        {
            bits += levels[(int)field] >= 0 ? BitsOf(field, levels[(int)field], one, context) : 0;
        }

        return bits;
    }

    /// <summary>The same, field by field; what one of them does not state is left out.</summary>
    public IReadOnlyList<MatchEvidence> Explain(MatchDetails one, MatchDetails other)
    {
        var levels = MatchComparison.Compare(one, other);
        var context = ContextOf(levels);
        return [.. MatchComparison.Fields.Where(field => levels[(int)field] >= 0).Select(field => new MatchEvidence(field, levels[(int)field], BitsOf(field, levels[(int)field], one, context)))];
    }

    private static MatchContext ContextOf(sbyte[] levels) =>
        levels[(int)MatchField.GivenName] >= 2 && levels[(int)MatchField.FamilyName] >= 2 ? MatchContext.SameName
        : levels[(int)MatchField.FamilyName] == 3 && levels[(int)MatchField.City] == 2 ? MatchContext.SameFamily
        : MatchContext.Any;

    /// <summary>It makes the context, and is weighed by how likely that is.</summary>
    private static bool IsOf(MatchContext context, MatchField field) => context switch
    {
        MatchContext.SameName => field is MatchField.GivenName or MatchField.FamilyName,
        MatchContext.SameFamily => field is MatchField.FamilyName or MatchField.City,
        _ => false,
    };

    private double BitsOf(MatchField field, int level, MatchDetails one, MatchContext context)
    {
        var within = IsOf(context, field) ? MatchContext.Any : context;
        var isAdjusted = within == MatchContext.Any && level == MatchComparison.SameOf(field) && Adjusted.Contains(field);
        var chance = isAdjusted && frequencies.TryGetValue((field, one[field]), out var share) ? share : others[(int)within][(int)field][level];
        return Math.Log2(same[(int)field][level] / chance);
    }
}
